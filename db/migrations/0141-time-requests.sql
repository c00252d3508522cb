-- A patient asks for another time, or says that they can't come; staff settle it. Open while it is neither withdrawn nor settled.
CREATE TABLE time_requests (
  id uuid PRIMARY KEY,
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  kind text NOT NULL CHECK (kind IN ('move', 'cancel')),
  -- [{"day": "2026-11-24", "part": "morning"}], by the patient's calendar, the dearest first; none where they can't come.
  wishes jsonb NOT NULL CHECK (jsonb_typeof(wishes) = 'array' AND jsonb_array_length(wishes) <= 3),
  -- Sealed by the vault for this row.
  words bytea,
  created_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  settled_at timestamptz,
  outcome text CHECK (outcome IN ('moved', 'cancelled', 'declined')),
  settled_by text,
  -- What staff say to the patient about it. Sealed likewise.
  answer bytea,
  CONSTRAINT time_requests_one_ending CHECK (num_nonnulls(withdrawn_at, settled_at) <= 1),
  CONSTRAINT time_requests_settled_whole CHECK ((settled_at IS NULL) = (outcome IS NULL) AND (settled_at IS NULL) = (settled_by IS NULL)),
  CONSTRAINT time_requests_answer_settles CHECK (answer IS NULL OR settled_at IS NOT NULL)
);
CREATE UNIQUE INDEX time_requests_one_open ON time_requests (visit_id) WHERE withdrawn_at IS NULL AND settled_at IS NULL;
CREATE INDEX time_requests_by_visit ON time_requests (visit_id, created_at);

GRANT SELECT, INSERT, UPDATE (withdrawn_at, settled_at, outcome, settled_by, answer) ON time_requests TO vouchsafe_app;
ALTER TABLE time_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE time_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON time_requests TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY system ON time_requests TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');
CREATE POLICY desk ON time_requests TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'scheduler', 'api-key'));
CREATE POLICY clinician ON time_requests TO vouchsafe_app USING (
  CASE (SELECT current_setting('rls.role', true))
    WHEN 'clinician' THEN EXISTS (
      SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid))
    ELSE false
  END);
-- A patient reads their own, asks, and takes an open one back. Settling it is the clinic's.
CREATE POLICY patient_sees ON time_requests FOR SELECT TO vouchsafe_app USING (
  CASE (SELECT current_setting('rls.role', true))
    WHEN 'customer' THEN EXISTS (
      SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.patient_id = (SELECT nullif(current_setting('rls.patient_id', true), '')::uuid))
    ELSE false
  END);
CREATE POLICY patient_asks ON time_requests FOR INSERT TO vouchsafe_app WITH CHECK (
  (SELECT current_setting('rls.role', true)) = 'customer' AND settled_at IS NULL AND withdrawn_at IS NULL AND EXISTS (
    SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.patient_id = (SELECT nullif(current_setting('rls.patient_id', true), '')::uuid)));
CREATE POLICY patient_withdraws ON time_requests FOR UPDATE TO vouchsafe_app USING (
  (SELECT current_setting('rls.role', true)) = 'customer' AND settled_at IS NULL AND EXISTS (
    SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.patient_id = (SELECT nullif(current_setting('rls.patient_id', true), '')::uuid)))
  WITH CHECK (settled_at IS NULL);
