-- People who signed up themselves and stand in no book of ours (yet): known by Cognito's sub. They see their own account and nothing else;
-- once a patient's row carries the same sub, that row is who they are.
CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  sub text NOT NULL UNIQUE,
  first_name text NOT NULL DEFAULT '',
  last_name text NOT NULL DEFAULT '',
  time_zone text NOT NULL DEFAULT 'UTC',
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Sign-ins whose tokens a caller of the API holds (seed 3), by Cognito's origin_jti. An access token of one that has ended is refused, whatever
-- its signature says; the refresh token lies here sealed, so that a log-out, which brings only the access token, can revoke it.
CREATE TABLE api_logins (
  origin_jti text PRIMARY KEY CHECK (length(origin_jti) <= 200),
  sub text NOT NULL,
  sealed_refresh_token bytea,
  -- When a second step (TOTP) was part of it; null: the password alone.
  second_step_at timestamptz,
  created_at timestamptz NOT NULL,
  ended_at timestamptz,
  CONSTRAINT api_logins_wiped_once_ended CHECK (ended_at IS NULL OR sealed_refresh_token IS NULL)
);
CREATE INDEX api_logins_by_sub ON api_logins (sub) WHERE ended_at IS NULL;
CREATE INDEX api_logins_by_age ON api_logins (created_at);

-- Signed out everywhere: sign-ins of before that moment which we never saw (made at Cognito directly) are refused too.
CREATE TABLE signed_out_everywhere (
  sub text PRIMARY KEY,
  at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON accounts, api_logins, signed_out_everywhere TO vouchsafe_app;
GRANT DELETE ON api_logins, signed_out_everywhere TO vouchsafe_app;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['accounts', 'api_logins', 'signed_out_everywhere'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY system ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''system'')', name);
  END LOOP;
END $$;

-- What a person needs to know their own browsers by, and whether this one's sign-in had a second step.
ALTER TABLE sessions
  ADD COLUMN user_agent text NOT NULL DEFAULT '' CHECK (length(user_agent) <= 512),
  ADD COLUMN second_step_at timestamptz;
CREATE INDEX sessions_by_sub ON sessions (sub) WHERE revoked_at IS NULL;
