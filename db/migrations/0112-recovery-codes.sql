-- What somebody who lost their authenticator app signs in with, once each, beside their password. The codes were shown once; here are their hashes.
CREATE TABLE recovery_codes (
  code_hash keyed_hash PRIMARY KEY,
  sub text NOT NULL,
  made_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX recovery_codes_by_sub ON recovery_codes (sub);

-- Cognito asks everybody with an app for its code and takes no other, so for such a sign-in it is told not to ask, and to ask again right after.
-- A row stands while it does not ask: nobody else signs in to that account meanwhile, and should we die, the worker has it ask again.
CREATE TABLE second_step_pauses (
  sub text PRIMARY KEY,
  email text NOT NULL,
  since timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON recovery_codes, second_step_pauses TO vouchsafe_app;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['recovery_codes', 'second_step_pauses'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY system ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''system'')', name);
  END LOOP;
END $$;
