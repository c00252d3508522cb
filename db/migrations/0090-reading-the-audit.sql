-- The audit as it is read: newest first, by event, by who acted, by both. Time alone and a visit are served by the primary key and audit_log_by_visit.
CREATE INDEX audit_log_by_event ON audit_log (event_type, occurred_at, id);
-- A link acts under its own id, once or twice, and is found by its visit: the rows of redemptions stay out of these two.
CREATE INDEX audit_log_by_actor ON audit_log (actor_id, occurred_at, id)
  WHERE actor_id IS NOT NULL AND (token_id IS NULL OR actor_id <> token_id::text);
CREATE INDEX audit_log_by_actor_event ON audit_log (actor_id, event_type, occurred_at, id)
  WHERE actor_id IS NOT NULL AND (token_id IS NULL OR actor_id <> token_id::text);

-- Who the record speaks of. An auditor sees no colleague's row: this gives the name and the role alone, and to readers of the audit alone.
CREATE FUNCTION audit_colleagues() RETURNS TABLE (id uuid, name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT s.id, s.first_name || ' ' || s.last_name, s.role FROM public.staff s
  WHERE current_setting('rls.role', true) IN ('auditor', 'admin')
  ORDER BY lower(s.last_name), lower(s.first_name), s.id;
END;
GRANT EXECUTE ON FUNCTION audit_colleagues() TO vouchsafe_app;

-- Passes over the whole audit, from each chain's first row to the end that it had when the pass began. `state` is where an unfinished one
-- stands, so that it goes on in slices, in whichever worker; it is wiped at the end. One pass at a time.
CREATE TABLE audit_checks (
  id uuid PRIMARY KEY,
  begun_at timestamptz NOT NULL,
  finished_at timestamptz,
  rows_read bigint NOT NULL DEFAULT 0,
  -- The first bad place of each broken chain.
  findings jsonb NOT NULL DEFAULT '[]',
  state jsonb,
  claimed_until timestamptz,
  CONSTRAINT audit_checks_state_while_under_way CHECK ((finished_at IS NULL) = (state IS NOT NULL))
);
CREATE UNIQUE INDEX audit_checks_one_under_way ON audit_checks ((true)) WHERE finished_at IS NULL;
CREATE INDEX audit_checks_by_end ON audit_checks (finished_at) WHERE finished_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_checks TO vouchsafe_app;
ALTER TABLE audit_checks ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_checks FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON audit_checks TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY system ON audit_checks TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');
CREATE POLICY readers ON audit_checks FOR SELECT TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('auditor', 'admin'));
