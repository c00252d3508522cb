-- A function that is slow, down or answers nonsense writes nothing of the proof that it was to check: whoever notes that the call was answered does.
CREATE FUNCTION caller_unchecked(p_contact text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN current_setting('rls.role', true) = 'system' AND NOT EXISTS (
  SELECT 1 FROM public.audit_log a WHERE a.event_type = 'CALLER_NOT_VERIFIED' AND a.metadata ->> 'contact' = p_contact);

-- Somebody's own data has what agents noted in their calls: those in which they were proved, by their sign-in or by questions that fit them. Of any other
-- call nobody knows that it was theirs. Which agent it was stays out of it, but for opening the seal.
CREATE FUNCTION own_desk_notes(p_limit integer)
RETURNS TABLE (contact_id text, staff_id uuid, call_id uuid, noted_at timestamptz, outcome text, notes bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH mine AS (
    SELECT nullif(current_setting('rls.patient_id', true), '')::uuid AS id
  ), contacts AS (
    SELECT c.bound_contact AS contact, c.id AS call_id FROM mine JOIN public.support_calls c ON c.customer_id = mine.id
    WHERE c.bound_contact IS NOT NULL AND public.desk_verified_call(c.bound_contact) = c.id
    UNION ALL
    SELECT q.contact_id, NULL FROM mine JOIN public.desk_questions q ON q.customer_id = mine.id
    WHERE public.desk_verified_call(q.contact_id) IS NULL
  ), once AS (
    SELECT DISTINCT contact, call_id FROM contacts
  )
  SELECT d.contact_id, d.staff_id, once.call_id, d.noted_at, d.outcome, d.notes
  FROM once JOIN public.desk_contacts d ON d.contact_id = once.contact
  WHERE d.noted_at IS NOT NULL
  ORDER BY d.noted_at DESC, d.contact_id
  LIMIT least(p_limit, 5000)
$$;

-- And the questions by which they were proved.
CREATE FUNCTION own_desk_questions(p_limit integer) RETURNS TABLE (at timestamptz, asked text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT q.at, array_to_string(q.asked, ',') FROM public.desk_questions q
  WHERE q.customer_id = nullif(current_setting('rls.patient_id', true), '')::uuid
  ORDER BY q.at DESC LIMIT least(p_limit, 5000)
$$;
REVOKE EXECUTE ON FUNCTION caller_unchecked(text), own_desk_notes(integer), own_desk_questions(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caller_unchecked(text), own_desk_notes(integer), own_desk_questions(integer) TO vouchsafe_app;
