-- People who work here: how they come, how they go, and what Cognito has yet to be told of them.
ALTER TABLE staff ADD COLUMN last_sign_in_at timestamptz;

-- An invitation: one code to one address, for one role that the address's owner cannot choose. Used once; a new code ends the one before.
CREATE TABLE staff_invitations (
  id uuid PRIMARY KEY,
  email text NOT NULL CHECK (email = lower(email) AND length(email) <= 128),
  role text NOT NULL CHECK (role IN ('clinician', 'agent', 'scheduler', 'admin', 'auditor')),
  title text,
  first_name text NOT NULL,
  last_name text NOT NULL,
  time_zone text NOT NULL,
  -- Whose account it will be, where the book knows them already; null: their row is made when they accept.
  staff_id uuid REFERENCES staff (id),
  code_hash keyed_hash NOT NULL UNIQUE,
  invited_by uuid NOT NULL REFERENCES staff (id),
  created_at timestamptz NOT NULL,
  sent_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  CONSTRAINT staff_invitations_one_ending CHECK (num_nonnulls(accepted_at, withdrawn_at) <= 1)
);
CREATE UNIQUE INDEX staff_invitations_one_open ON staff_invitations (email) WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX staff_invitations_newest ON staff_invitations (sent_at DESC, id);

-- Whose account at Cognito may not be as our own record says. Our record decides at every door of ours meanwhile; the worker goes on until Cognito
-- agrees. `version` rises with each change, so that a change which comes while Cognito is told of the one before is not lost; and only who holds the row
-- (`claimed_until`) speaks to Cognito, so that an earlier word never comes after a later one.
CREATE TABLE account_dues (
  staff_id uuid PRIMARY KEY REFERENCES staff (id),
  version integer NOT NULL DEFAULT 1,
  attempts integer NOT NULL DEFAULT 0,
  failure text,
  since timestamptz NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  claimed_until timestamptz
);
CREATE INDEX account_dues_next ON account_dues (next_attempt_at);

GRANT SELECT, INSERT, UPDATE ON staff_invitations TO vouchsafe_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON account_dues TO vouchsafe_app;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['staff_invitations', 'account_dues'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY system ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''system'')', name);
    EXECUTE format('CREATE POLICY admin ON %I FOR SELECT TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''admin'')', name);
  END LOOP;
END $$;

-- Who runs the book reads who works here; who works here, and as what, is for no scheduler and no API key to change.
DROP POLICY desk ON staff;
CREATE POLICY desk ON staff FOR SELECT TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'scheduler', 'api-key'));
-- They may hold a row while they change what hangs on it (hours, licences), never write it.
CREATE POLICY desk_holds ON staff FOR UPDATE TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'scheduler', 'api-key')) WITH CHECK (false);
