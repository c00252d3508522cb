-- An account number that a household shares is no unknown one: it tells that it is one of them, and not who.
ALTER TABLE account_tries ADD COLUMN shared boolean NOT NULL DEFAULT false;

CREATE OR REPLACE FUNCTION account_verify(p_contact text, p_hashes bytea[], p_callers bytea[] DEFAULT '{}')
RETURNS TABLE (outcome text, customer_id text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  ids uuid[];
  now_at timestamptz := clock_timestamp();
  since timestamptz := clock_timestamp() - interval '1 hour';
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('account_verify ' || p_contact, 0));
  DELETE FROM public.account_tries t WHERE t.at < now_at - interval '1 day';
  IF (SELECT count(*) FROM public.account_tries t WHERE t.contact = p_contact) >= 3
    OR (SELECT count(*) FROM public.account_tries t WHERE t.account_hash = ANY (p_hashes) AND t.at > since) >= 10
    OR (SELECT count(*) FROM public.account_tries t WHERE t.caller_hash = ANY (p_callers) AND t.at > since AND NOT t.matched) >= 60
    OR (SELECT count(*) FROM public.account_tries t WHERE t.at > since AND NOT t.matched) >= 3000 THEN
    outcome := 'locked';
  ELSE
    SELECT array_agg(c.id) INTO ids FROM (SELECT c.id FROM public.customers c WHERE c.account_number_hash = ANY (p_hashes) LIMIT 2) AS c;
    outcome := CASE cardinality(ids) WHEN 1 THEN 'matched' WHEN 2 THEN 'shared' ELSE 'unknown' END;
    INSERT INTO public.account_tries (contact, account_hash, caller_hash, matched, shared, at)
      VALUES (p_contact, p_hashes[1], p_callers[1], outcome IN ('matched', 'shared'), outcome = 'shared', now_at);
  END IF;
  IF outcome = 'matched' THEN
    SELECT coalesce(c.external_id, c.id::text) INTO customer_id FROM public.customers c WHERE c.id = ids[1];
    PERFORM public.audit_append('ACCOUNT_NUMBER_MATCHED', NULL, NULL, ids[1]::text, 'ANONYMOUS', NULL, NULL,
      jsonb_build_object('contact', p_contact), true, NULL);
  ELSIF outcome = 'shared' THEN
    PERFORM public.audit_append('ACCOUNT_NUMBER_MATCHED', NULL, NULL, NULL, 'ANONYMOUS', NULL, NULL,
      jsonb_build_object('contact', p_contact, 'shared', true), true, NULL);
  ELSE
    PERFORM public.audit_append('ACCOUNT_NUMBER_REFUSED', NULL, NULL, NULL, 'ANONYMOUS', NULL, NULL,
      jsonb_build_object('contact', p_contact), false, upper(outcome));
  END IF;
  RETURN NEXT;
END $$;

-- For the agent who has the contact: whether the number that was typed there is more than one person's.
CREATE FUNCTION desk_account_shared(p_contact text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT public.desk_has(p_contact) AND EXISTS (SELECT 1 FROM public.account_tries t WHERE t.contact = p_contact AND t.shared)
$$;
REVOKE EXECUTE ON FUNCTION desk_account_shared(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION desk_account_shared(text) TO vouchsafe_app;

-- The patient's own number in the clinic's book: what tells apart two of a household who are called alike.
ALTER TABLE desk_questions DROP CONSTRAINT desk_questions_asked_check,
  ADD CONSTRAINT desk_questions_asked_check CHECK (asked <@ ARRAY['account', 'phone', 'email', 'visit', 'number']);
