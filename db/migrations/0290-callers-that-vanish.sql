-- A caller's page that said they are there says so again and again; one that falls silent is noticed, and its call ended (decision 0050).
ALTER TABLE support_calls
  ADD COLUMN here_at timestamptz,
  ADD COLUMN silent_since timestamptz,
  -- Where the context arrived and vouched for nobody: it tells that somebody answered, and nothing of whom. caller_verify's alone to write.
  ADD COLUMN arrived_contact text,
  DROP CONSTRAINT support_calls_end_reason_check,
  ADD CONSTRAINT support_calls_end_reason_check CHECK (end_reason IN ('hung-up', 'over', 'failed', 'lost'));
GRANT UPDATE (here_at, silent_since) ON support_calls TO vouchsafe_app;

CREATE OR REPLACE FUNCTION caller_verify(p_call uuid, p_customer uuid, p_contact text)
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
  ELSIF outcome IN ('no-record', 'expired') THEN
    UPDATE public.support_calls c SET arrived_contact = p_contact WHERE c.id = p_call AND c.arrived_contact IS NULL;
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
