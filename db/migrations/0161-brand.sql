-- What a clinic looks like: one colour, from which every tone is made, and a logo. The picture stands apart, for the clinic's row is read all the time.
ALTER TABLE clinics
  ADD COLUMN accent text CHECK (accent ~ '^#[0-9a-f]{6}$'),
  -- The picture's hash: an address that changes with it.
  ADD COLUMN logo_version text CHECK (logo_version ~ '^[0-9a-f]{32}$'),
  ADD COLUMN logo_width integer CHECK (logo_width BETWEEN 1 AND 1024),
  ADD COLUMN logo_height integer CHECK (logo_height BETWEEN 1 AND 512),
  ADD CONSTRAINT clinics_logo_whole CHECK (num_nonnulls(logo_version, logo_width, logo_height) IN (0, 3));

CREATE TABLE clinic_logos (
  version text PRIMARY KEY CHECK (version ~ '^[0-9a-f]{32}$'),
  png bytea NOT NULL CHECK (octet_length(png) <= 102400)
);
GRANT SELECT, INSERT, DELETE ON clinic_logos TO vouchsafe_app;
ALTER TABLE clinic_logos ENABLE ROW LEVEL SECURITY;
ALTER TABLE clinic_logos FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON clinic_logos TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY everybody ON clinic_logos FOR SELECT TO vouchsafe_app USING (true);
CREATE POLICY admin ON clinic_logos TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'admin');
