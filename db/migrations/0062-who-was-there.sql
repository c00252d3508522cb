-- Who was connected when: one row from coming to going, lengthened while their page says that it is there. The evidence of a no-show.
CREATE TABLE visit_presence (
  id uuid PRIMARY KEY,
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  voucher_id uuid NOT NULL REFERENCES vouchers (id),
  party party NOT NULL,
  came_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  -- Said that they go. Null: still there, or lost.
  left_at timestamptz,
  CHECK (seen_at >= came_at)
);
CREATE INDEX visit_presence_by_visit ON visit_presence (visit_id, came_at);
CREATE INDEX visit_presence_by_voucher ON visit_presence (voucher_id, seen_at);
GRANT SELECT, INSERT, UPDATE (seen_at, left_at) ON visit_presence TO vouchsafe_app;

ALTER TABLE visit_presence ENABLE ROW LEVEL SECURITY;
ALTER TABLE visit_presence FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON visit_presence TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY system ON visit_presence TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');
CREATE POLICY desk ON visit_presence FOR SELECT TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'scheduler', 'api-key'));
CREATE POLICY clinician ON visit_presence FOR SELECT TO vouchsafe_app USING (EXISTS (
  SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid)));
-- A link writes its own coming and going and nobody else's.
CREATE POLICY link ON visit_presence TO vouchsafe_app
  USING (voucher_id = (SELECT nullif(current_setting('rls.link', true), '')::uuid))
  WITH CHECK (voucher_id = (SELECT nullif(current_setting('rls.link', true), '')::uuid) AND visit_id = (SELECT rls_link_visit())
    AND party::text = (SELECT rls_link_party()));
