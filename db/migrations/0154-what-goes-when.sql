-- How long things are kept that are not the medical record, as the clinic says. No row: as long as the visit itself. Nothing below a floor: what a
-- no-show is judged by, and what was sent to whom, must be there when somebody asks.
CREATE TABLE retention (
  kind text PRIMARY KEY,
  days integer NOT NULL,
  updated_at timestamptz NOT NULL,
  updated_by text NOT NULL,
  CONSTRAINT retention_floor CHECK (days <= 7300 AND days >= CASE kind
    WHEN 'chat' THEN 30 WHEN 'checks' THEN 7 WHEN 'calls' THEN 30 WHEN 'messages' THEN 90 WHEN 'words' THEN 1 END),
  CONSTRAINT retention_kind CHECK (kind IN ('chat', 'checks', 'calls', 'messages', 'words'))
);
GRANT SELECT, INSERT, UPDATE, DELETE ON retention TO vouchsafe_app;
ALTER TABLE retention ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON retention TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY system ON retention FOR SELECT TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');
CREATE POLICY admin ON retention TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'admin');

CREATE INDEX visit_chat_by_time ON visit_chat (said_at);
CREATE INDEX device_checks_by_time ON device_checks (created_at);
CREATE INDEX connection_checks_by_time ON connection_checks (created_at);
-- Not `seen_at`, which moves every few seconds.
CREATE INDEX visit_presence_by_time ON visit_presence (came_at);
CREATE INDEX visit_troubles_by_time ON visit_troubles (created_at);
CREATE INDEX visit_surveys_by_time ON visit_surveys (created_at);
CREATE INDEX waiting_words_by_time ON waiting_words (said_at);

-- What each kind is: said once, for the sweep and for who asks beforehand. `$1`: everything before it.
CREATE FUNCTION retention_parts() RETURNS TABLE (kind text, target text, goes text) LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT * FROM (VALUES
    ('chat', 'visit_chat', 't.said_at < $1'),
    ('checks', 'device_checks', 't.created_at < $1'),
    ('checks', 'connection_checks', 't.created_at < $1'),
    ('calls', 'visit_presence', 't.came_at < $1'),
    ('calls', 'visit_troubles', 't.created_at < $1'),
    ('calls', 'visit_surveys', 't.created_at < $1'),
    -- Of a visit that is still to come it is asked what was told.
    ('messages', 'outbox', 't.created_at < $1 AND num_nonnulls(t.sent_at, t.failed_at, t.dropped_at) > 0
      AND NOT EXISTS (SELECT FROM public.video_visits v WHERE v.id = t.visit_id AND v.scheduled_at > $1)'),
    ('words', 'waiting_words', 't.said_at < $1')
  ) AS parts (kind, target, goes);
END;

-- The application may delete none of these rows; this does, by what stands in the table above and nothing that a caller says.
CREATE FUNCTION retention_sweep(most integer) RETURNS TABLE (kind text, gone integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part record;
BEGIN
  IF current_setting('rls.role', true) IS DISTINCT FROM 'system' THEN
    RAISE EXCEPTION 'only the worker sweeps' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR part IN SELECT p.kind, p.target, p.goes, r.days FROM public.retention_parts() p JOIN public.retention r ON r.kind = p.kind LOOP
    EXECUTE format('DELETE FROM public.%1$I WHERE ctid = ANY (ARRAY(SELECT t.ctid FROM public.%1$I t WHERE %2$s LIMIT $2))', part.target, part.goes)
      USING now() - make_interval(days => part.days), most;
    kind := part.kind;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN NEXT;
  END LOOP;
END $$;

-- How many rows would go if things of this kind were kept for so many days; counted to `most` and no further.
CREATE FUNCTION retention_count(asked text, days integer, most integer) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part record;
  found integer;
  total integer := 0;
BEGIN
  IF current_setting('rls.role', true) IS DISTINCT FROM 'admin' THEN
    RAISE EXCEPTION 'only an administrator asks' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR part IN SELECT p.target, p.goes FROM public.retention_parts() p WHERE p.kind = asked LOOP
    EXECUTE format('SELECT count(*) FROM (SELECT FROM public.%I t WHERE %s LIMIT $2) AS found', part.target, part.goes)
      INTO found USING now() - make_interval(days => retention_count.days), most;
    total := total + found;
  END LOOP;
  RETURN total;
END $$;
REVOKE EXECUTE ON FUNCTION retention_parts(), retention_sweep(integer), retention_count(text, integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retention_sweep(integer), retention_count(text, integer, integer) TO vouchsafe_app;
