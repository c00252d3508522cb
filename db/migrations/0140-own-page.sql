-- The patient's own page: which account is whose record, and what its owner may read.

-- A link to the contact on file. Whoever opens it signed in, and says so, has the record connected with their account; once.
CREATE TABLE record_invitations (
  id uuid PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customers (id),
  code_hash keyed_hash NOT NULL UNIQUE,
  invited_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  spent_at timestamptz,
  withdrawn_at timestamptz,
  CONSTRAINT record_invitations_one_ending CHECK (num_nonnulls(spent_at, withdrawn_at) <= 1)
);
-- A newer one ends the one before.
CREATE UNIQUE INDEX record_invitations_one_open ON record_invitations (customer_id) WHERE spent_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX record_invitations_by_customer ON record_invitations (customer_id, created_at);

-- Six digits, texted to the number on file of the record that has the account's confirmed address. One for an account: a newer one takes its place.
CREATE TABLE record_codes (
  sub text PRIMARY KEY,
  id uuid NOT NULL,
  customer_id uuid NOT NULL REFERENCES customers (id),
  code_hash keyed_hash NOT NULL,
  -- Counted before the code is looked at, so that tries which come at once are each counted.
  tries integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX record_codes_by_customer ON record_codes (customer_id);

GRANT SELECT, INSERT, UPDATE (spent_at, withdrawn_at) ON record_invitations TO vouchsafe_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON record_codes TO vouchsafe_app;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['record_invitations', 'record_codes'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY system ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''system'')', name);
  END LOOP;
END $$;

-- What a patient reads of their own visits. CASE: for everybody else these cost nothing (0011).
CREATE POLICY patient ON outbox FOR SELECT TO vouchsafe_app USING (
  CASE (SELECT current_setting('rls.role', true))
    WHEN 'customer' THEN party = 'patient' AND EXISTS (
      SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.patient_id = (SELECT nullif(current_setting('rls.patient_id', true), '')::uuid))
    ELSE false
  END);
CREATE POLICY patient ON device_checks FOR SELECT TO vouchsafe_app USING (
  CASE (SELECT current_setting('rls.role', true))
    WHEN 'customer' THEN EXISTS (
      SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.patient_id = (SELECT nullif(current_setting('rls.patient_id', true), '')::uuid))
    ELSE false
  END);
CREATE POLICY patient ON visit_arrivals FOR SELECT TO vouchsafe_app USING (
  CASE (SELECT current_setting('rls.role', true))
    WHEN 'customer' THEN EXISTS (
      SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.patient_id = (SELECT nullif(current_setting('rls.patient_id', true), '')::uuid))
    ELSE false
  END);
