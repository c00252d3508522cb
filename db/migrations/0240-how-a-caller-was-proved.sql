-- How a caller was proved, or why they were not, for the agent at whose desk the call is.

ALTER TABLE support_calls ADD COLUMN second_step boolean NOT NULL DEFAULT false;

-- Why a contact was not verified stands in the audit, written in the transaction that refused it. There are few of these.
CREATE INDEX audit_log_unverified_contacts ON audit_log ((metadata ->> 'contact'), occurred_at) WHERE event_type = 'CALLER_NOT_VERIFIED';

-- Security questions that an agent asked aloud: each try, and what came of it. The answers are not kept. One that passed opens its contact.
CREATE TABLE desk_questions (
  id uuid PRIMARY KEY,
  contact_id text NOT NULL CHECK (length(contact_id) BETWEEN 1 AND 256),
  staff_id uuid NOT NULL REFERENCES staff (id),
  -- Whom the answers fit; null: nobody, or more than one.
  customer_id uuid REFERENCES customers (id) ON DELETE CASCADE,
  -- Of the name that was given, right or wrong: for the limit of each.
  name_hash keyed_hash NOT NULL,
  asked text[] NOT NULL CHECK (asked <@ ARRAY['account', 'phone', 'email', 'visit']),
  at timestamptz NOT NULL
);
CREATE INDEX desk_questions_by_contact ON desk_questions (contact_id);
CREATE INDEX desk_questions_by_staff ON desk_questions (staff_id, at) WHERE customer_id IS NULL;
CREATE INDEX desk_questions_by_name ON desk_questions (name_hash, at) WHERE customer_id IS NULL;
CREATE INDEX desk_questions_by_customer ON desk_questions (customer_id, at DESC) WHERE customer_id IS NOT NULL;
GRANT SELECT, INSERT, DELETE ON desk_questions TO vouchsafe_app;
ALTER TABLE desk_questions ENABLE ROW LEVEL SECURITY;
ALTER TABLE desk_questions FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON desk_questions TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY system ON desk_questions TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');

-- The answers that opened a contact, where some did.
CREATE FUNCTION desk_questions_passed(p_contact text) RETURNS public.desk_questions LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (SELECT q FROM public.desk_questions q WHERE q.contact_id = p_contact AND q.customer_id IS NOT NULL ORDER BY q.at LIMIT 1);

DROP FUNCTION desk_caller(text);
DROP FUNCTION desk_history(text, integer);

-- Who is calling, for the agent at whose desk the contact is: `customer` with what was proved and how (`sign-in`, `questions`), `visit` with whose, else
-- `unknown`, of whom nothing is told but what failed and that they typed an account number that exists. Nothing at all for anybody else.
CREATE FUNCTION desk_caller(p_contact text)
RETURNS TABLE (kind text, proof text, call_id uuid, visit_id uuid, person_id uuid, number text, first_name text, last_name text, tier text, since timestamptz,
  locale text, signed_in_at timestamptz, second_step boolean, proved_at timestamptz, asked text, asked_by text, questions_left integer, doubt text,
  scheduled_at timestamptz, clinician text, account_tries integer, account_matched boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH call AS (
    SELECT c.id, c.customer_id, c.signed_in_at, c.second_step, c.bound_at FROM public.support_calls c WHERE c.id = public.desk_verified_call(p_contact)
  ), visit AS (
    SELECT v.id, v.scheduled_at, v.patient_id, concat_ws(' ', s.title, s.first_name, s.last_name) AS clinician
    FROM public.video_visits v JOIN public.staff s ON s.id = v.clinician_id
    WHERE v.connect_contact_id = p_contact
  ), answered AS (
    SELECT q.customer_id, q.asked, q.at, concat_ws(' ', s.title, s.first_name, s.last_name) AS who
    FROM public.desk_questions_passed(p_contact) q JOIN public.staff s ON s.id = q.staff_id WHERE q.id IS NOT NULL
  ), typed AS (
    SELECT count(*)::integer AS tries, coalesce(bool_or(t.matched), false) AS matched FROM public.account_tries t WHERE t.contact = p_contact
  ), found AS (
    SELECT call.id AS call_id, visit.id AS visit_id, coalesce(call.customer_id, visit.patient_id, answered.customer_id) AS person_id,
      CASE WHEN call.id IS NOT NULL THEN 'sign-in' WHEN visit.id IS NULL AND answered.at IS NOT NULL THEN 'questions' END AS proof,
      call.signed_in_at, call.second_step, coalesce(call.bound_at, answered.at) AS proved_at, answered.asked, answered.who,
      visit.scheduled_at, visit.clinician, typed.tries, typed.matched
    FROM typed LEFT JOIN call ON true LEFT JOIN visit ON call.id IS NULL LEFT JOIN answered ON call.id IS NULL AND visit.id IS NULL
  )
  SELECT CASE WHEN f.visit_id IS NOT NULL THEN 'visit' WHEN u.id IS NOT NULL THEN 'customer' ELSE 'unknown' END,
    f.proof, f.call_id, f.visit_id, u.id, u.external_id, u.first_name, u.last_name, u.tier, u.created_at, u.locale, f.signed_in_at, f.second_step,
    f.proved_at, array_to_string(f.asked, ','), f.who,
    greatest(0, 3 - (SELECT count(*) FROM public.desk_questions q WHERE q.contact_id = p_contact AND q.customer_id IS NULL))::integer,
    CASE WHEN u.id IS NULL THEN coalesce(
      (SELECT a.error_code FROM public.audit_log a WHERE a.event_type = 'CALLER_NOT_VERIFIED' AND a.metadata ->> 'contact' = p_contact
        ORDER BY a.occurred_at DESC LIMIT 1),
      CASE WHEN EXISTS (SELECT 1 FROM public.support_calls c WHERE c.contact_id = p_contact) THEN 'UNAVAILABLE' ELSE 'NO_CONTEXT' END) END,
    f.scheduled_at, f.clinician, f.tries, f.matched
  FROM found f LEFT JOIN public.customers u ON u.id = f.person_id
  WHERE public.desk_has(p_contact)
$$;
CREATE INDEX support_calls_by_contact ON support_calls (contact_id) WHERE contact_id IS NOT NULL;

-- The proved customer's calls before this one, the newest first, each with what its last agent noted (sealed for that row).
CREATE FUNCTION desk_history(p_contact text, p_limit integer)
RETURNS TABLE (call_id uuid, at timestamptz, connected_at timestamptz, ended_at timestamptz, verified boolean, contact_id text, staff_id uuid, outcome text, notes bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH whose AS (
    SELECT coalesce((SELECT c.customer_id FROM public.support_calls c WHERE c.id = public.desk_verified_call(p_contact)),
      (public.desk_questions_passed(p_contact)).customer_id) AS customer_id
    WHERE public.desk_has(p_contact)
  ), past AS (
    (SELECT h.id, h.created_at, h.connected_at, h.ended_at, h.bound_contact IS NOT NULL AS verified, h.bound_contact AS contact
    FROM whose JOIN public.support_calls h ON h.customer_id = whose.customer_id
    WHERE p_contact NOT IN (coalesce(h.bound_contact, ''), coalesce(h.contact_id, ''))
      AND NOT EXISTS (SELECT 1 FROM public.desk_questions q WHERE q.contact_id = h.contact_id AND q.customer_id = h.customer_id)
    ORDER BY h.created_at DESC, h.id DESC LIMIT least(p_limit, 50))
    UNION ALL
    (SELECT q.id, q.at, q.at, d.left_at, true, q.contact_id
    FROM whose JOIN public.desk_questions q ON q.customer_id = whose.customer_id
    LEFT JOIN public.desk_contacts d ON d.contact_id = q.contact_id AND d.staff_id = q.staff_id
    WHERE q.contact_id <> p_contact
    ORDER BY q.at DESC, q.id DESC LIMIT least(p_limit, 50))
  )
  SELECT p.id, p.created_at, p.connected_at, p.ended_at, p.verified, d.contact_id, d.staff_id, d.outcome, d.notes
  FROM past p
  LEFT JOIN LATERAL (SELECT n.* FROM public.desk_contacts n WHERE n.contact_id = p.contact AND n.noted_at IS NOT NULL
    ORDER BY n.noted_at DESC LIMIT 1) d ON true
  ORDER BY p.created_at DESC, p.id DESC
  LIMIT least(p_limit, 50)
$$;
REVOKE EXECUTE ON FUNCTION desk_questions_passed(text), desk_caller(text), desk_history(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION desk_caller(text), desk_history(text, integer) TO vouchsafe_app;
