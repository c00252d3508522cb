-- Keys, sign-in sessions, limits.
CREATE TABLE keyring (
  id uuid PRIMARY KEY,
  purpose text NOT NULL,
  sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz
);

CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  token_hash keyed_hash NOT NULL UNIQUE,
  sub text NOT NULL,
  person_kind text NOT NULL CHECK (person_kind IN ('staff', 'customer')),
  person_id uuid NOT NULL,
  role text NOT NULL,
  sealed_tokens bytea,
  auth_time timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX sessions_by_person ON sessions (person_id);

CREATE TABLE api_keys (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  key_hash keyed_hash NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);

-- rate-limiter-flexible's own shape. Losing it in a crash loses a few minutes of counting, so it need not be logged.
CREATE UNLOGGED TABLE rate_limits (
  key text PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);
CREATE INDEX rate_limits_by_expiry ON rate_limits (expire);
