-- A machine's key gets a new secret; the one before works on for as long as was chosen, then ends by itself.
ALTER TABLE api_keys
  ADD COLUMN created_by uuid REFERENCES staff (id),
  -- How long a secret is good for; null: until somebody ends it.
  ADD COLUMN lifetime_days integer CHECK (lifetime_days BETWEEN 1 AND 3650),
  ADD COLUMN rotated_at timestamptz,
  ADD COLUMN previous_hash keyed_hash UNIQUE,
  ADD COLUMN previous_until timestamptz,
  ADD CONSTRAINT api_keys_previous_ends CHECK ((previous_hash IS NULL) = (previous_until IS NULL));
