-- People and visits. Tables belong to vouchsafe_owner; the application connects as vouchsafe_app, which owns nothing.
CREATE EXTENSION IF NOT EXISTS btree_gist;
GRANT USAGE ON SCHEMA public TO vouchsafe_app;

CREATE TABLE customers (
  id uuid PRIMARY KEY,
  external_id text UNIQUE,
  sub text UNIQUE,
  first_name text NOT NULL,
  last_name text NOT NULL,
  email text,
  phone text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  tier text NOT NULL DEFAULT 'standard',
  state text NOT NULL CHECK (state ~ '^[A-Z]{2}$'),
  time_zone text NOT NULL,
  locale text NOT NULL DEFAULT 'en',
  account_number_hash bytea,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX customers_by_name ON customers (lower(last_name), lower(first_name), id);

CREATE TABLE staff (
  id uuid PRIMARY KEY,
  sub text UNIQUE,
  email text NOT NULL UNIQUE,
  role text NOT NULL CHECK (role IN ('clinician', 'agent', 'scheduler', 'admin', 'auditor')),
  title text,
  first_name text NOT NULL,
  last_name text NOT NULL,
  time_zone text NOT NULL,
  suspended_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE staff_licences (
  staff_id uuid NOT NULL REFERENCES staff (id),
  state text NOT NULL CHECK (state ~ '^[A-Z]{2}$'),
  number text NOT NULL,
  expires_on date NOT NULL,
  PRIMARY KEY (staff_id, state)
);

CREATE TABLE video_visits (
  id uuid PRIMARY KEY,
  patient_id uuid NOT NULL REFERENCES customers (id),
  clinician_id uuid NOT NULL REFERENCES staff (id),
  scheduled_at timestamptz NOT NULL,
  duration_minutes integer NOT NULL DEFAULT 30 CHECK (duration_minutes BETWEEN 1 AND 480),
  during tstzrange NOT NULL,
  visit_type text,
  channel text NOT NULL CHECK (channel IN ('sms', 'email', 'both')),
  route text NOT NULL CHECK (route IN ('meeting', 'connect')),
  chief_complaint bytea,
  clinical_notes bytea,
  recording_enabled boolean NOT NULL DEFAULT false,
  recording_s3_key text,
  meeting_id text UNIQUE,
  meeting jsonb,
  meeting_attempt integer NOT NULL DEFAULT 0,
  connect_contact_id text UNIQUE,
  started_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  cancelled_at timestamptz,
  cancel_reason text,
  no_show_at timestamptz,
  calendar_sequence integer NOT NULL DEFAULT 0,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT video_visits_one_ending CHECK (num_nonnulls(ended_at, cancelled_at, no_show_at) <= 1),
  CONSTRAINT video_visits_no_double_booking EXCLUDE USING gist (clinician_id WITH =, during WITH &&) WHERE (cancelled_at IS NULL)
);
CREATE INDEX video_visits_by_time ON video_visits (scheduled_at, id);
CREATE INDEX video_visits_by_clinician ON video_visits (clinician_id, scheduled_at, id);
CREATE INDEX video_visits_by_patient ON video_visits (patient_id, scheduled_at, id);

-- `timestamptz + interval` is not immutable, so the range can be neither generated nor computed in the constraint.
CREATE FUNCTION video_visits_set_during() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.during := tstzrange(NEW.scheduled_at, NEW.scheduled_at + make_interval(mins => NEW.duration_minutes));
  RETURN NEW;
END $$;
CREATE TRIGGER set_during BEFORE INSERT OR UPDATE OF scheduled_at, duration_minutes, during ON video_visits
  FOR EACH ROW EXECUTE FUNCTION video_visits_set_during();

CREATE FUNCTION video_visits_touch() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER touch BEFORE UPDATE ON video_visits FOR EACH ROW EXECUTE FUNCTION video_visits_touch();
