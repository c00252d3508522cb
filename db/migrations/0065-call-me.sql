-- "Call me instead": asked by a patient who cannot make the picture work, seen by staff until somebody has seen to it.
CREATE TABLE call_requests (
  id uuid PRIMARY KEY,
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  voucher_id uuid NOT NULL REFERENCES vouchers (id),
  -- Sealed by the vault for this row. Null: the number on file.
  number bytea,
  created_at timestamptz NOT NULL,
  done_at timestamptz,
  done_by text,
  CHECK ((done_at IS NULL) = (done_by IS NULL))
);
CREATE INDEX call_requests_by_visit ON call_requests (visit_id, created_at);
CREATE INDEX call_requests_open ON call_requests (visit_id, created_at) WHERE done_at IS NULL;
GRANT SELECT, INSERT, UPDATE (done_at, done_by) ON call_requests TO vouchsafe_app;

ALTER TABLE call_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE call_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON call_requests TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY system ON call_requests TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');
CREATE POLICY desk ON call_requests TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'scheduler', 'api-key'));
CREATE POLICY clinician ON call_requests TO vouchsafe_app USING (EXISTS (
  SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid)));
-- A patient's link asks for itself and sees that it has; the clinician's sees that it was asked.
CREATE POLICY link_asks ON call_requests FOR INSERT TO vouchsafe_app
  WITH CHECK (voucher_id = (SELECT nullif(current_setting('rls.link', true), '')::uuid) AND visit_id = (SELECT rls_link_visit())
    AND (SELECT rls_link_party()) = 'patient' AND done_at IS NULL);
CREATE POLICY link_sees ON call_requests FOR SELECT TO vouchsafe_app
  USING (visit_id = (SELECT rls_link_visit()) AND (SELECT rls_link_party()) IN ('patient', 'clinician'));
