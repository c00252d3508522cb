-- When a clinician sees patients, by the clocks of their own zone: hours of each weekday, and days off. Who has no hours at all has not
-- said any: then nothing is warned of. Neither forbids a booking.
CREATE TABLE staff_hours (
  staff_id uuid NOT NULL REFERENCES staff (id),
  weekday integer NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  from_minute integer NOT NULL CHECK (from_minute >= 0),
  to_minute integer NOT NULL CHECK (to_minute <= 1440),
  PRIMARY KEY (staff_id, weekday, from_minute),
  CHECK (from_minute < to_minute)
);
COMMENT ON COLUMN staff_hours.weekday IS 'ISO 8601: 1 is Monday';

CREATE TABLE staff_days_off (
  staff_id uuid NOT NULL REFERENCES staff (id),
  first_day date NOT NULL,
  last_day date NOT NULL,
  PRIMARY KEY (staff_id, first_day),
  CHECK (first_day <= last_day)
);

-- Unlike people, these go: a licence typed for the wrong state, hours and days that hold no more. What stood there stays in the audit.
GRANT SELECT, INSERT, UPDATE, DELETE ON staff_hours, staff_days_off TO vouchsafe_app;
GRANT DELETE ON staff_licences TO vouchsafe_app;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['staff_hours', 'staff_days_off'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY system ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''system'')', name);
    EXECUTE format('CREATE POLICY desk ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) IN (''admin'', ''scheduler'', ''api-key''))', name);
    EXECUTE format('CREATE POLICY own ON %I FOR SELECT TO vouchsafe_app
      USING (staff_id = (SELECT nullif(current_setting(''rls.user_id'', true), '''')::uuid))', name);
  END LOOP;
END $$;
