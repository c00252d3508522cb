-- Calls from a site that is not ours (docs/decisions/0054): an administrator registers it with its origins; its server hands a customer who is signed in
-- there over, by a voucher that is good once and for a minute; what that opens is a short session for calls and nothing else.
CREATE TABLE host_sites (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
  origins text[] NOT NULL CHECK (cardinality(origins) BETWEEN 1 AND 10),
  -- Null: the demo's.
  created_by uuid REFERENCES staff (id),
  created_at timestamptz NOT NULL,
  suspended_at timestamptz
);
CREATE INDEX host_sites_newest ON host_sites (created_at DESC, id DESC);

CREATE TABLE host_handovers (
  -- The token's jti.
  id uuid PRIMARY KEY,
  site_id uuid NOT NULL REFERENCES host_sites (id),
  origin text NOT NULL,
  customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  nonce_hash keyed_hash NOT NULL,
  -- What the site says of the sign-in there.
  signed_in_at timestamptz NOT NULL,
  second_step boolean NOT NULL,
  issued_by text NOT NULL,
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  redeemed_at timestamptz,
  session_hash keyed_hash UNIQUE,
  session_expires_at timestamptz,
  last_seen_at timestamptz,
  CONSTRAINT host_handovers_session_when_redeemed CHECK (num_nonnulls(redeemed_at, session_hash, session_expires_at, last_seen_at) IN (0, 4))
);
CREATE INDEX host_handovers_oldest ON host_handovers (issued_at);

-- Spent once is spent: whoever opens another session with it has stolen it.
CREATE FUNCTION host_handovers_keep_redeemed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.redeemed_at IS NOT NULL AND (NEW.redeemed_at, NEW.session_hash, NEW.session_expires_at)
    IS DISTINCT FROM (OLD.redeemed_at, OLD.session_hash, OLD.session_expires_at) THEN
    RAISE EXCEPTION 'a handover is spent once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION host_handovers_keep_redeemed() FROM PUBLIC;
CREATE TRIGGER keep_redeemed BEFORE UPDATE ON host_handovers FOR EACH ROW EXECUTE FUNCTION host_handovers_keep_redeemed();

GRANT SELECT, INSERT, UPDATE (name, origins, suspended_at) ON host_sites TO vouchsafe_app;
GRANT SELECT, INSERT (id, site_id, origin, customer_id, nonce_hash, signed_in_at, second_step, issued_by, issued_at, expires_at),
  UPDATE (redeemed_at, session_hash, session_expires_at, last_seen_at), DELETE ON host_handovers TO vouchsafe_app;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['host_sites', 'host_handovers'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY system ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''system'')', name);
  END LOOP;
END $$;
CREATE POLICY admin ON host_sites TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'admin');

-- From which site a call came; null: its caller signed in here.
ALTER TABLE support_calls ADD COLUMN site_id uuid REFERENCES host_sites (id);

-- Whoever signed in elsewhere needs no account here: that site says which record is theirs.
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
    WHEN customer.id IS NULL OR (customer.sub IS NULL AND made.site_id IS NULL) THEN 'no-record'
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
    PERFORM public.audit_append(event, NULL, p_call, p_customer::text, 'CUSTOMER', NULL, NULL,
      jsonb_strip_nulls(jsonb_build_object('contact', p_contact, 'site', made.site_id)),
      outcome = 'first', CASE outcome WHEN 'first' THEN NULL ELSE upper(replace(outcome, '-', '_')) END);
  END IF;
  RETURN NEXT;
END $$;

-- Who says that the verified caller of this contact signed in; null: we do.
CREATE FUNCTION desk_call_site(p_contact text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.name FROM public.support_calls c JOIN public.host_sites s ON s.id = c.site_id
  WHERE c.id = public.desk_verified_call(p_contact) AND public.desk_has(p_contact)
$$;
REVOKE EXECUTE ON FUNCTION desk_call_site(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION desk_call_site(text) TO vouchsafe_app;
