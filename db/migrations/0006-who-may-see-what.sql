-- Rights and row-level security. Two layers: what the application role may do at all, and which rows its current actor has.
-- Settings are read as (SELECT nullif(current_setting(…, true), '')::uuid): once per query and usable by an index (bars.md: 0.46 ms, not 278).
--
-- Should SQL ever be injected, the settings can be forged with it; the rights cannot. So what must never happen has no right at all:
-- changing or removing audit rows, making a spent or revoked voucher new, deleting any person's row, creating or altering tables.

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

GRANT SELECT, INSERT, UPDATE ON customers, staff, staff_licences, video_visits, visit_seats, visit_sessions, outbox, sessions, api_keys TO vouchsafe_app;
GRANT SELECT, INSERT (id, purpose, sealed), UPDATE (retired_at) ON keyring TO vouchsafe_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO vouchsafe_app;
GRANT SELECT,
  INSERT (id, kind, visit_id, party, subject, code_hash, nonce_hash, sealed_token, hash_key_id, issued_at, not_before, expires_at, issued_by),
  UPDATE (revoked_at, revoke_reason, expired_noted_at) ON vouchers TO vouchsafe_app;
GRANT SELECT ON audit_log, audit_heads TO vouchsafe_app;
GRANT EXECUTE ON FUNCTION
  audit_append(text, uuid, uuid, text, text, text, text, jsonb, boolean, text), audit_append_all(jsonb), audit_prepare_partitions(integer),
  voucher_find(uuid, bytea[]), voucher_redeem(uuid, bytea[], bytea[], uuid, bytea[], text, text, boolean), voucher_open(uuid, text, text)
  TO vouchsafe_app;

-- The visit that the acting link is for.
CREATE FUNCTION rls_link_visit() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT v.visit_id FROM public.vouchers v WHERE v.id = nullif(current_setting('rls.link', true), '')::uuid;
END;
GRANT EXECUTE ON FUNCTION rls_link_visit() TO vouchsafe_app;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['customers', 'staff', 'staff_licences', 'video_visits', 'vouchers', 'visit_seats', 'visit_sessions', 'outbox',
    'keyring', 'sessions', 'api_keys', 'audit_log', 'audit_heads'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    -- Forced security binds the owner too; this lets the SECURITY DEFINER functions, and migrations, do their work.
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
  END LOOP;
  -- The worker, the seed, and the parts of sign-in that run before anybody is known.
  FOREACH name IN ARRAY ARRAY['customers', 'staff', 'staff_licences', 'video_visits', 'vouchers', 'visit_seats', 'visit_sessions', 'outbox',
    'keyring', 'sessions', 'api_keys'] LOOP
    EXECUTE format('CREATE POLICY system ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''system'')', name);
  END LOOP;
  -- Those who run the clinic's book.
  FOREACH name IN ARRAY ARRAY['customers', 'staff', 'staff_licences', 'video_visits', 'vouchers', 'visit_seats', 'visit_sessions', 'outbox'] LOOP
    EXECUTE format('CREATE POLICY desk ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) IN (''admin'', ''scheduler'', ''api-key''))', name);
  END LOOP;
END $$;

CREATE POLICY clinician ON video_visits TO vouchsafe_app
  USING (clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid));
CREATE POLICY patient ON video_visits FOR SELECT TO vouchsafe_app
  USING (patient_id = (SELECT nullif(current_setting('rls.patient_id', true), '')::uuid));
CREATE POLICY link ON video_visits FOR SELECT TO vouchsafe_app USING (id = (SELECT rls_link_visit()));
CREATE POLICY link_changes ON video_visits FOR UPDATE TO vouchsafe_app USING (id = (SELECT rls_link_visit()));

CREATE POLICY own ON customers FOR SELECT TO vouchsafe_app
  USING (id = (SELECT nullif(current_setting('rls.patient_id', true), '')::uuid));
-- "Whoever sees the visit": the inner query is under the visits' own policies, so there is one rule and not two.
CREATE POLICY of_visit ON customers FOR SELECT TO vouchsafe_app
  USING (EXISTS (SELECT 1 FROM video_visits v WHERE v.patient_id = customers.id));
CREATE POLICY own ON staff FOR SELECT TO vouchsafe_app USING (id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid));
CREATE POLICY of_visit ON staff FOR SELECT TO vouchsafe_app USING (EXISTS (SELECT 1 FROM video_visits v WHERE v.clinician_id = staff.id));
CREATE POLICY own ON staff_licences FOR SELECT TO vouchsafe_app
  USING (staff_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid));

-- A link sees its own voucher and no other of the visit: the other party's hashes are no business of its holder.
CREATE POLICY link ON vouchers TO vouchsafe_app USING (id = (SELECT nullif(current_setting('rls.link', true), '')::uuid));
CREATE POLICY clinician ON vouchers TO vouchsafe_app USING (EXISTS (
  SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid)));
CREATE POLICY of_visit ON visit_seats TO vouchsafe_app USING (EXISTS (SELECT 1 FROM video_visits v WHERE v.id = visit_id));
CREATE POLICY of_visit ON visit_sessions TO vouchsafe_app USING (EXISTS (SELECT 1 FROM video_visits v WHERE v.id = visit_id));
CREATE POLICY of_visit ON outbox FOR INSERT TO vouchsafe_app WITH CHECK (EXISTS (SELECT 1 FROM video_visits v WHERE v.id = visit_id));
CREATE POLICY clinician ON outbox FOR SELECT TO vouchsafe_app USING (EXISTS (
  SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid)));

CREATE POLICY admin ON api_keys TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'admin');
CREATE POLICY readers ON audit_log FOR SELECT TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) IN ('auditor', 'admin', 'system'));
CREATE POLICY readers ON audit_heads FOR SELECT TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) IN ('auditor', 'admin', 'system'));
