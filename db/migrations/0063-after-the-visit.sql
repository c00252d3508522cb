-- How it was, in one answer of each patient's link. Nothing in it is anybody's words.
CREATE TABLE visit_surveys (
  voucher_id uuid PRIMARY KEY REFERENCES vouchers (id),
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  answer text NOT NULL CHECK (answer IN ('good', 'fair', 'poor')),
  created_at timestamptz NOT NULL
);
CREATE INDEX visit_surveys_by_visit ON visit_surveys (visit_id);

-- Technical trouble, with what the call measured of itself: numbers and names of a fixed list, and nothing that anybody said.
CREATE TABLE visit_troubles (
  id uuid PRIMARY KEY,
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  voucher_id uuid NOT NULL REFERENCES vouchers (id),
  party party NOT NULL,
  what text NOT NULL CHECK (what IN ('not-heard', 'hears-nothing', 'no-picture', 'breaks-up', 'cut-off', 'other')),
  measured jsonb NOT NULL CHECK (jsonb_typeof(measured) = 'object' AND octet_length(measured::text) <= 2048),
  created_at timestamptz NOT NULL
);
CREATE INDEX visit_troubles_by_visit ON visit_troubles (visit_id, created_at);

-- Never changed: what somebody answered is evidence.
GRANT SELECT, INSERT ON visit_surveys, visit_troubles TO vouchsafe_app;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['visit_surveys', 'visit_troubles'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY system ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''system'')', name);
    EXECUTE format('CREATE POLICY desk ON %I FOR SELECT TO vouchsafe_app '
      'USING ((SELECT current_setting(''rls.role'', true)) IN (''admin'', ''scheduler'', ''api-key''))', name);
    EXECUTE format('CREATE POLICY clinician ON %I FOR SELECT TO vouchsafe_app USING (EXISTS (SELECT 1 FROM video_visits v WHERE v.id = visit_id '
      'AND v.clinician_id = (SELECT nullif(current_setting(''rls.user_id'', true), '''')::uuid)))', name);
  END LOOP;
END $$;
-- A link writes and sees its own and nobody else's.
CREATE POLICY link ON visit_surveys TO vouchsafe_app
  USING (voucher_id = (SELECT nullif(current_setting('rls.link', true), '')::uuid))
  WITH CHECK (voucher_id = (SELECT nullif(current_setting('rls.link', true), '')::uuid) AND visit_id = (SELECT rls_link_visit())
    AND (SELECT rls_link_party()) = 'patient');
CREATE POLICY link ON visit_troubles TO vouchsafe_app
  USING (voucher_id = (SELECT nullif(current_setting('rls.link', true), '')::uuid))
  WITH CHECK (voucher_id = (SELECT nullif(current_setting('rls.link', true), '')::uuid) AND visit_id = (SELECT rls_link_visit())
    AND party::text = (SELECT rls_link_party()));
