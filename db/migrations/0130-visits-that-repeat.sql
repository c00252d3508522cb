-- Visits that were booked together and repeat. Each stays a visit of its own: the series says by what rule they were booked and how many
-- there were. Its id is the booker's, so that the same booking, sent twice, is one.
CREATE TABLE visit_series (
  id uuid PRIMARY KEY,
  patient_id uuid NOT NULL REFERENCES customers (id),
  clinician_id uuid NOT NULL REFERENCES staff (id),
  repeats text NOT NULL CHECK (repeats IN ('weekly', 'two-weekly', 'four-weekly', 'monthly')),
  time_zone text NOT NULL,
  visits integer NOT NULL CHECK (visits BETWEEN 2 AND 26),
  -- Of what was asked for, without what was said in confidence: tells a retry from another booking.
  request_hash bytea NOT NULL CHECK (length(request_hash) = 32),
  created_by text NOT NULL,
  created_at timestamptz NOT NULL
);
ALTER TABLE video_visits
  ADD COLUMN series_id uuid REFERENCES visit_series (id),
  ADD COLUMN series_place integer CHECK (series_place BETWEEN 1 AND 26),
  ADD CONSTRAINT video_visits_series_whole CHECK ((series_id IS NULL) = (series_place IS NULL)),
  ADD CONSTRAINT video_visits_series_place UNIQUE (series_id, series_place);
CREATE INDEX video_visits_by_series ON video_visits (series_id, scheduled_at) WHERE series_id IS NOT NULL;

GRANT SELECT, INSERT ON visit_series TO vouchsafe_app;
ALTER TABLE visit_series ENABLE ROW LEVEL SECURITY;
ALTER TABLE visit_series FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON visit_series TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY system ON visit_series TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');
CREATE POLICY desk ON visit_series TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'scheduler', 'api-key'));
CREATE POLICY clinician ON visit_series TO vouchsafe_app
  USING (clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid));
CREATE POLICY patient ON visit_series FOR SELECT TO vouchsafe_app
  USING (patient_id = (SELECT nullif(current_setting('rls.patient_id', true), '')::uuid));
-- Whoever took over one of its visits sees what it is part of.
CREATE POLICY of_visit ON visit_series FOR SELECT TO vouchsafe_app
  USING (EXISTS (SELECT 1 FROM video_visits v WHERE v.series_id = visit_series.id));
