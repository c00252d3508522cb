-- Whom to call, for the agent who has taken it and as long as they have it; and whether there is an account number to ask for, without which nobody passes.
DROP FUNCTION callback_person(uuid);
CREATE FUNCTION callback_person(p_callback uuid)
RETURNS TABLE (first_name text, last_name text, phone text, locale text, tier text, passed_at timestamptz, questions_left integer, has_account boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT u.first_name, u.last_name, u.phone, u.locale, u.tier, (public.desk_questions_passed('callback ' || b.id)).at,
    greatest(0, 3 - (SELECT count(*) FROM public.desk_questions q WHERE q.contact_id = 'callback ' || b.id AND q.customer_id IS NULL))::integer,
    u.account_number_hash IS NOT NULL
  FROM public.support_callbacks b JOIN public.customers u ON u.id = b.customer_id
  WHERE b.id = p_callback AND b.closed_at IS NULL
    AND coalesce(current_setting('rls.role', true), '') IN ('agent', 'admin')
    AND b.taken_by = nullif(current_setting('rls.user_id', true), '')::uuid
$$;
REVOKE EXECUTE ON FUNCTION callback_person(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION callback_person(uuid) TO vouchsafe_app;
