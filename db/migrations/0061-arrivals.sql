-- "Where are you now?", and the consent to treatment by video: as often as the patient said it, the last one counts.
-- Place and contacts are sealed by the vault for this row; whether the clinician holds a licence there was decided when it was said.
CREATE TABLE visit_arrivals (
  id uuid PRIMARY KEY,
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  voucher_id uuid NOT NULL REFERENCES vouchers (id),
  -- The browser that said it. Null: one that keeps no cookie.
  holder_hash keyed_hash,
  details bytea NOT NULL,
  -- Which text was agreed to, and in which language it was read.
  consent_version text NOT NULL CHECK (char_length(consent_version) BETWEEN 1 AND 40),
  consent_language text NOT NULL CHECK (char_length(consent_language) BETWEEN 2 AND 12),
  licensed boolean NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX visit_arrivals_by_visit ON visit_arrivals (visit_id, created_at);
-- Never changed: what somebody agreed to is evidence.
GRANT SELECT, INSERT ON visit_arrivals TO vouchsafe_app;

ALTER TABLE visit_arrivals ENABLE ROW LEVEL SECURITY;
ALTER TABLE visit_arrivals FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON visit_arrivals TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY system ON visit_arrivals TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');
CREATE POLICY desk ON visit_arrivals FOR SELECT TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'scheduler', 'api-key'));
CREATE POLICY clinician ON visit_arrivals FOR SELECT TO vouchsafe_app USING (EXISTS (
  SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid)));
-- A patient's link sees what was said of its own visit; a clinician's or a guest's nothing.
CREATE POLICY link ON visit_arrivals FOR SELECT TO vouchsafe_app
  USING (visit_id = (SELECT rls_link_visit()) AND (SELECT rls_link_party()) = 'patient');
