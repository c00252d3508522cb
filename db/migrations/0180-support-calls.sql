-- Calls of customers who are signed in to the contact centre. The caller context that goes with one (ES256) has the call's id as its jti; its first use
-- binds it to a contact of the contact centre's, for good.
CREATE TABLE support_calls (
  id uuid PRIMARY KEY,
  -- Whoever is signed in: a customer, or an account that has no record yet.
  customer_id uuid NOT NULL,
  route text NOT NULL CHECK (route IN ('webrtc', 'sip')),
  signed_in_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  context_expires_at timestamptz NOT NULL,
  -- Once the contact centre has made it, and how its caller joins: sealed, gone when the call is over.
  contact_id text,
  place bytea,
  -- Where the context was used.
  bound_contact text,
  bound_at timestamptz,
  connected_at timestamptz,
  ended_at timestamptz,
  end_reason text CHECK (end_reason IN ('hung-up', 'over', 'failed')),
  -- Nothing is left of it in the cloud.
  settled_at timestamptz,
  looked_at timestamptz NOT NULL,
  CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
  CHECK ((bound_contact IS NULL) = (bound_at IS NULL)),
  CHECK (settled_at IS NULL OR ended_at IS NOT NULL)
);
-- One call at a time.
CREATE UNIQUE INDEX support_calls_one_open ON support_calls (customer_id) WHERE ended_at IS NULL;
CREATE INDEX support_calls_by_customer ON support_calls (customer_id, created_at DESC, id DESC);
CREATE INDEX support_calls_unsettled ON support_calls (looked_at) WHERE settled_at IS NULL;

-- What binds a context is caller_verify's alone to write.
GRANT SELECT, INSERT,
  UPDATE (context_expires_at, contact_id, place, connected_at, ended_at, end_reason, settled_at, looked_at) ON support_calls TO vouchsafe_app;

-- Account numbers that callers typed: for the limits.
CREATE TABLE account_tries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  contact text NOT NULL,
  account_hash keyed_hash NOT NULL,
  matched boolean NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX account_tries_by_contact ON account_tries (contact);
CREATE INDEX account_tries_by_account ON account_tries (account_hash, at);
CREATE INDEX account_tries_by_time ON account_tries (at);
CREATE INDEX customers_by_account_number ON customers (account_number_hash) WHERE account_number_hash IS NOT NULL;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['support_calls', 'account_tries'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
CREATE POLICY system ON support_calls TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');
CREATE POLICY own ON support_calls FOR SELECT TO vouchsafe_app
  USING (customer_id = (SELECT nullif(current_setting('rls.patient_id', true), '')::uuid));

-- What a caller context is worth in this contact, once its signature was verified: first (it is bound now), again (the same contact asks anew), reused
-- (another contact had it), expired, over (the call is), no-record (an account that no record was connected with), unknown. Bound and recorded at once.
CREATE FUNCTION caller_verify(p_call uuid, p_customer uuid, p_contact text)
RETURNS TABLE (outcome text, customer_id text, first_name text, tier text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  made public.support_calls;
  customer public.customers;
  now_at timestamptz := clock_timestamp();
  event text;
BEGIN
  SELECT c.* INTO made FROM public.support_calls c WHERE c.id = p_call AND c.customer_id = p_customer FOR UPDATE;
  SELECT c.* INTO customer FROM public.customers c WHERE c.id = p_customer;
  outcome := CASE
    WHEN made.id IS NULL THEN 'unknown'
    WHEN made.bound_contact IS DISTINCT FROM p_contact AND made.bound_contact IS NOT NULL THEN 'reused'
    WHEN made.contact_id IS DISTINCT FROM p_contact AND made.contact_id IS NOT NULL THEN 'reused'
    WHEN made.ended_at IS NOT NULL THEN 'over'
    WHEN customer.id IS NULL OR customer.sub IS NULL THEN 'no-record'
    WHEN made.bound_contact IS NOT NULL THEN 'again'
    WHEN made.context_expires_at <= now_at THEN 'expired'
    ELSE 'first'
  END;
  IF outcome = 'first' THEN
    UPDATE public.support_calls c SET bound_contact = p_contact, bound_at = now_at WHERE c.id = p_call;
  END IF;
  IF outcome IN ('first', 'again') THEN
    customer_id := coalesce(customer.external_id, customer.id::text);
    first_name := customer.first_name;
    tier := customer.tier;
  END IF;
  IF outcome <> 'again' THEN
    event := CASE outcome WHEN 'first' THEN 'CALLER_VERIFIED' ELSE 'CALLER_NOT_VERIFIED' END;
    PERFORM public.audit_append(event, NULL, p_call, p_customer::text, 'CUSTOMER', NULL, NULL, jsonb_build_object('contact', p_contact),
      outcome = 'first', CASE outcome WHEN 'first' THEN NULL ELSE upper(replace(outcome, '-', '_')) END);
  END IF;
  RETURN NEXT;
END $$;

-- Whose account number a caller typed: matched, unknown, or locked. At most 3 in a contact, 10 of one account in an hour, and 300 in an hour that are
-- nobody's: whoever tries all of them finds the door shut. The caller is told apart by it, not verified.
CREATE FUNCTION account_verify(p_contact text, p_hashes bytea[])
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
    OR (SELECT count(*) FROM public.account_tries t WHERE t.at > since AND NOT t.matched) >= 300 THEN
    outcome := 'locked';
  ELSE
    SELECT array_agg(c.id) INTO ids FROM (SELECT c.id FROM public.customers c WHERE c.account_number_hash = ANY (p_hashes) LIMIT 2) AS c;
    -- A number that two share tells nobody apart.
    outcome := CASE WHEN cardinality(ids) = 1 THEN 'matched' ELSE 'unknown' END;
    INSERT INTO public.account_tries (contact, account_hash, matched, at) VALUES (p_contact, p_hashes[1], outcome = 'matched', now_at);
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
GRANT EXECUTE ON FUNCTION caller_verify(uuid, uuid, text), account_verify(text, bytea[]) TO vouchsafe_app;
