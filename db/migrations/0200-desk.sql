-- What is at an agent's desk: a contact of the contact centre's, from its first ring there until its work is done. It is what lets an agent see who is
-- calling; another agent, or the same one later, sees nothing. Notes are sealed by the vault for this row.
CREATE TABLE desk_contacts (
  contact_id text NOT NULL CHECK (length(contact_id) BETWEEN 1 AND 256),
  staff_id uuid NOT NULL REFERENCES staff (id),
  came_at timestamptz NOT NULL,
  left_at timestamptz,
  outcome text CHECK (outcome IN ('solved', 'follow-up', 'passed-on', 'no-answer')),
  notes bytea,
  noted_at timestamptz,
  PRIMARY KEY (contact_id, staff_id),
  CHECK ((notes IS NULL AND outcome IS NULL) OR noted_at IS NOT NULL)
);
-- One at a time.
CREATE UNIQUE INDEX desk_contacts_here ON desk_contacts (staff_id) WHERE left_at IS NULL;
CREATE INDEX support_calls_by_bound_contact ON support_calls (bound_contact) WHERE bound_contact IS NOT NULL;

GRANT SELECT, INSERT, UPDATE (left_at, outcome, notes, noted_at) ON desk_contacts TO vouchsafe_app;
ALTER TABLE desk_contacts ENABLE ROW LEVEL SECURITY;
ALTER TABLE desk_contacts FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON desk_contacts TO vouchsafe_owner USING (true) WITH CHECK (true);
-- What the contact centre says is at a desk is the system's to write; what is noted there is its agent's, as long as it is there.
CREATE POLICY system ON desk_contacts TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');
CREATE POLICY own ON desk_contacts FOR SELECT TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('agent', 'clinician', 'admin')
    AND staff_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid));
CREATE POLICY own_notes ON desk_contacts FOR UPDATE TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('agent', 'clinician', 'admin')
    AND staff_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid) AND left_at IS NULL)
  WITH CHECK (left_at IS NULL);

-- Whether a contact is at the acting agent's desk just now: said of the row, whatever the caller claims.
CREATE FUNCTION desk_has(p_contact text) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN coalesce(current_setting('rls.role', true), '') IN ('agent', 'clinician', 'admin') AND EXISTS (
  SELECT 1 FROM public.desk_contacts d
  WHERE d.contact_id = p_contact AND d.staff_id = nullif(current_setting('rls.user_id', true), '')::uuid AND d.left_at IS NULL);

-- Whom a contact was bound to by a caller context that was verified: one call, or nobody.
CREATE FUNCTION desk_verified_call(p_contact text) RETURNS uuid LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (SELECT CASE count(*) WHEN 1 THEN (array_agg(c.id))[1] END FROM public.support_calls c WHERE c.bound_contact = p_contact);

-- Who is calling, for the agent at whose desk the contact is: `customer` with what was proved, `visit` with whose, else `unknown`, of whom nothing is told
-- but that they typed an account number that exists. Nothing at all for anybody else.
CREATE FUNCTION desk_caller(p_contact text)
RETURNS TABLE (kind text, call_id uuid, visit_id uuid, person_id uuid, number text, first_name text, last_name text, tier text, since timestamptz,
  locale text, signed_in_at timestamptz, bound_at timestamptz, scheduled_at timestamptz, clinician text, account_tries integer, account_matched boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH call AS (
    SELECT c.id, c.signed_in_at, c.bound_at, p.* FROM public.support_calls c
    CROSS JOIN LATERAL (SELECT u.id AS person_id, u.external_id, u.first_name, u.last_name, u.tier, u.created_at, u.locale
      FROM public.customers u WHERE u.id = c.customer_id) p
    WHERE c.id = public.desk_verified_call(p_contact)
  ), visit AS (
    SELECT v.id, v.scheduled_at, u.id AS person_id, u.external_id, u.first_name, u.last_name, u.locale,
      concat_ws(' ', s.title, s.first_name, s.last_name) AS clinician
    FROM public.video_visits v JOIN public.customers u ON u.id = v.patient_id JOIN public.staff s ON s.id = v.clinician_id
    WHERE v.connect_contact_id = p_contact
  ), typed AS (
    SELECT count(*)::integer AS tries, coalesce(bool_or(t.matched), false) AS matched FROM public.account_tries t WHERE t.contact = p_contact
  )
  SELECT CASE WHEN call.id IS NOT NULL THEN 'customer' WHEN visit.id IS NOT NULL THEN 'visit' ELSE 'unknown' END,
    call.id, visit.id, coalesce(call.person_id, visit.person_id), coalesce(call.external_id, visit.external_id),
    coalesce(call.first_name, visit.first_name), coalesce(call.last_name, visit.last_name), call.tier, call.created_at,
    coalesce(call.locale, visit.locale), call.signed_in_at, call.bound_at, visit.scheduled_at, visit.clinician, typed.tries, typed.matched
  FROM typed LEFT JOIN call ON true LEFT JOIN visit ON call.id IS NULL
  WHERE public.desk_has(p_contact)
$$;

-- The verified customer's calls before this one, the newest first, each with what its last agent noted (sealed for that row).
CREATE FUNCTION desk_history(p_contact text, p_limit integer)
RETURNS TABLE (call_id uuid, at timestamptz, connected_at timestamptz, ended_at timestamptz, verified boolean, contact_id text, staff_id uuid, outcome text, notes bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT h.id, h.created_at, h.connected_at, h.ended_at, h.bound_contact IS NOT NULL, d.contact_id, d.staff_id, d.outcome, d.notes
  FROM public.support_calls now_here
  JOIN public.support_calls h ON h.customer_id = now_here.customer_id AND h.id <> now_here.id
  LEFT JOIN LATERAL (SELECT n.* FROM public.desk_contacts n WHERE n.contact_id = h.bound_contact AND n.noted_at IS NOT NULL
    ORDER BY n.noted_at DESC LIMIT 1) d ON true
  WHERE now_here.id = public.desk_verified_call(p_contact) AND h.created_at < now_here.created_at AND public.desk_has(p_contact)
  ORDER BY h.created_at DESC, h.id DESC
  LIMIT least(p_limit, 50)
$$;
REVOKE EXECUTE ON FUNCTION desk_has(text), desk_verified_call(text), desk_caller(text), desk_history(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION desk_caller(text), desk_history(text, integer) TO vouchsafe_app;
