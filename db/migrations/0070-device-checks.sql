-- The device check of the day before. Its link opens no visit and redeems nothing, so it is no voucher and stands in no table that a redemption
-- reads. It runs out with its visit, whenever that is: nothing here says so, for a visit can be moved.
CREATE TABLE device_check_links (
  id uuid PRIMARY KEY,
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  code_hash keyed_hash NOT NULL UNIQUE,
  created_at timestamptz NOT NULL
);
CREATE INDEX device_check_links_by_visit ON device_check_links (visit_id, created_at);

-- What came of each run, once: the page may send it again. No name of a device, of a browser or of a network.
CREATE TABLE device_checks (
  link_id uuid NOT NULL REFERENCES device_check_links (id),
  run_id uuid NOT NULL,
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  camera text NOT NULL CHECK (camera IN ('works', 'refused', 'none', 'in-use', 'failed', 'untried')),
  microphone text NOT NULL CHECK (microphone IN ('works', 'silent', 'refused', 'none', 'in-use', 'failed', 'untried')),
  speaker text NOT NULL CHECK (speaker IN ('works', 'silent', 'untried')),
  network text NOT NULL CHECK (network IN ('good', 'slow', 'bad', 'none', 'untried')),
  down_kbps integer CHECK (down_kbps BETWEEN 0 AND 10000000),
  up_kbps integer CHECK (up_kbps BETWEEN 0 AND 10000000),
  round_trip_ms integer CHECK (round_trip_ms BETWEEN 0 AND 600000),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (link_id, run_id)
);
CREATE INDEX device_checks_by_visit ON device_checks (visit_id, created_at);

GRANT SELECT, INSERT ON device_check_links, device_checks TO vouchsafe_app;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['device_check_links', 'device_checks'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY system ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''system'')', name);
  END LOOP;
END $$;

-- Whoever runs the book, and the visit's clinician, make links and read what came of them. Results are written by the door alone.
CREATE POLICY desk ON device_check_links TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'scheduler', 'api-key'));
CREATE POLICY clinician ON device_check_links TO vouchsafe_app USING (EXISTS (
  SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid)));
CREATE POLICY desk ON device_checks FOR SELECT TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'scheduler', 'api-key'));
CREATE POLICY clinician ON device_checks FOR SELECT TO vouchsafe_app USING (EXISTS (
  SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid)));
