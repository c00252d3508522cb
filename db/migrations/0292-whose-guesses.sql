-- Account numbers on the keypad are counted by who types them, so that a guesser locks out nobody else: 3 in a contact, 10 an hour of one account,
-- 60 an hour that are nobody's from one telephone number; a customer's own page may call twenty times an hour anyway. The bound for all is wide, and like the others
-- leads to an agent who asks.
ALTER TABLE account_tries ADD COLUMN caller_hash keyed_hash;
CREATE INDEX account_tries_by_caller ON account_tries (caller_hash, at) WHERE caller_hash IS NOT NULL AND NOT matched;
CREATE INDEX account_tries_unknown ON account_tries (at) WHERE NOT matched;

DROP FUNCTION account_verify(text, bytea[]);
-- `p_callers`: of the number that calls, under every key, the current one first; empty where the contact has none, and where a function of before asks.
CREATE FUNCTION account_verify(p_contact text, p_hashes bytea[], p_callers bytea[] DEFAULT '{}')
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
    -- A number that two share tells nobody apart.
    outcome := CASE WHEN cardinality(ids) = 1 THEN 'matched' ELSE 'unknown' END;
    INSERT INTO public.account_tries (contact, account_hash, caller_hash, matched, at)
      VALUES (p_contact, p_hashes[1], p_callers[1], outcome = 'matched', now_at);
  END IF;
  IF outcome = 'matched' THEN
    SELECT coalesce(c.external_id, c.id::text) INTO customer_id FROM public.customers c WHERE c.id = ids[1];
    PERFORM public.audit_append('ACCOUNT_NUMBER_MATCHED', NULL, NULL, ids[1]::text, 'ANONYMOUS', NULL, NULL,
      jsonb_build_object('contact', p_contact), true, NULL);
  ELSE
    PERFORM public.audit_append('ACCOUNT_NUMBER_REFUSED', NULL, NULL, NULL, 'ANONYMOUS', NULL, NULL,
      jsonb_build_object('contact', p_contact), false, upper(outcome));
  END IF;
  RETURN NEXT;
END $$;
REVOKE EXECUTE ON FUNCTION account_verify(text, bytea[], bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION account_verify(text, bytea[], bytea[]) TO vouchsafe_app;
