-- What a caller said that the call is about (one of a few words, nothing of theirs), and since when the agent has them on hold.
ALTER TABLE support_calls
  ADD COLUMN topic text CHECK (topic IN ('visit', 'payment', 'sign-in', 'other')),
  ADD COLUMN held_at timestamptz;
GRANT UPDATE (held_at) ON support_calls TO vouchsafe_app;

-- How a call was for its caller: once, after its end. Their words are sealed for this row.
CREATE TABLE support_call_ratings (
  call_id uuid PRIMARY KEY REFERENCES support_calls (id) ON DELETE CASCADE,
  stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5),
  words bytea,
  rated_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON support_call_ratings TO vouchsafe_app;
ALTER TABLE support_call_ratings ENABLE ROW LEVEL SECURITY;
ALTER TABLE support_call_ratings FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON support_call_ratings TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY own ON support_call_ratings FOR SELECT TO vouchsafe_app
  USING (EXISTS (SELECT 1 FROM support_calls c WHERE c.id = call_id
    AND c.customer_id = (SELECT nullif(current_setting('rls.patient_id', true), '')::uuid)));
CREATE POLICY own_once ON support_call_ratings FOR INSERT TO vouchsafe_app
  WITH CHECK (EXISTS (SELECT 1 FROM support_calls c WHERE c.id = call_id AND c.ended_at IS NOT NULL AND c.connected_at IS NOT NULL
    AND c.customer_id = (SELECT nullif(current_setting('rls.patient_id', true), '')::uuid)));

-- Who has the caller's own call at their desk: a first name, and to nobody else.
CREATE FUNCTION own_call_agent(p_call uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT s.first_name FROM public.support_calls c
  JOIN public.desk_contacts d ON d.contact_id = coalesce(c.contact_id, c.bound_contact) AND d.left_at IS NULL
  JOIN public.staff s ON s.id = d.staff_id
  WHERE c.id = p_call AND c.connected_at IS NOT NULL AND c.ended_at IS NULL
    AND c.customer_id = nullif(current_setting('rls.patient_id', true), '')::uuid
  ORDER BY d.came_at DESC LIMIT 1);

-- For the agent who has the contact: what its caller said it is about, and how calls before it were for them. Proved callers alone have calls before.
CREATE FUNCTION desk_call_topic(p_contact text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.topic FROM public.support_calls c WHERE p_contact IN (c.contact_id, c.bound_contact) AND public.desk_has(p_contact)
  ORDER BY c.created_at DESC LIMIT 1
$$;
CREATE FUNCTION desk_ratings(p_contact text, p_limit integer) RETURNS TABLE (call_id uuid, stars smallint, words bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT h.id, r.stars, r.words
  FROM public.support_calls now_here
  JOIN public.support_calls h ON h.customer_id = now_here.customer_id AND h.id <> now_here.id
  JOIN public.support_call_ratings r ON r.call_id = h.id
  WHERE now_here.id = public.desk_verified_call(p_contact) AND h.created_at < now_here.created_at AND public.desk_has(p_contact)
  ORDER BY h.created_at DESC, h.id DESC
  LIMIT least(p_limit, 50)
$$;
REVOKE EXECUTE ON FUNCTION own_call_agent(uuid), desk_call_topic(text), desk_ratings(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION own_call_agent(uuid), desk_call_topic(text), desk_ratings(text, integer) TO vouchsafe_app;
