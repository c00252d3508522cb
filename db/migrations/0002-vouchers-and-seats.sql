-- Vouchers, and what a redeemed one brings: a seat, a session, messages.
-- Domains rather than CHECKs: Postgres reads a CHECK anew at every UPDATE, a domain only when such a value is made. Of the hot table's
-- usage columns no CHECK is needed: nothing but voucher_redeem may write them (0006).
CREATE DOMAIN party AS text CHECK (VALUE IN ('patient', 'clinician'));
CREATE DOMAIN keyed_hash AS bytea CHECK (octet_length(VALUE) = 32);

CREATE TABLE vouchers (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  party party NOT NULL,
  subject uuid NOT NULL,
  code_hash keyed_hash NOT NULL UNIQUE,
  nonce_hash keyed_hash NOT NULL,
  sealed_token bytea NOT NULL,
  hash_key_id uuid NOT NULL,
  issued_at timestamptz NOT NULL,
  not_before timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  opened_at timestamptz,
  redeemed_at timestamptz,
  usage_count integer NOT NULL DEFAULT 0,
  max_usage_count integer NOT NULL DEFAULT 1,
  redemption_ip text,
  redemption_ua text,
  holder_hash keyed_hash,
  revoked_at timestamptz,
  revoke_reason text,
  expired_noted_at timestamptz,
  issued_by text NOT NULL
) WITH (fillfactor = 60, toast_tuple_target = 256);
-- The token lies apart: a row is updated about three times in its life, and need not carry it along.
ALTER TABLE vouchers ALTER sealed_token SET STORAGE EXTERNAL;
CREATE INDEX vouchers_by_visit ON vouchers (visit_id, issued_at);
-- Names no column that a redemption writes: so a redemption touches no index (a HOT update, for which the fill factor leaves room).
CREATE INDEX vouchers_expiry_unnoted ON vouchers (expires_at) WHERE expired_noted_at IS NULL;

CREATE FUNCTION vouchers_keep_revoked() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at THEN
    RAISE EXCEPTION 'a revocation is final' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_revoked BEFORE UPDATE OF revoked_at ON vouchers FOR EACH ROW EXECUTE FUNCTION vouchers_keep_revoked();

CREATE TABLE visit_seats (
  voucher_id uuid PRIMARY KEY REFERENCES vouchers (id),
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  party party NOT NULL,
  meeting_id text,
  attendee_id text,
  credentials bytea,
  waiting_since timestamptz,
  admitted_at timestamptz,
  removed_at timestamptz,
  left_at timestamptz,
  present_at timestamptz
);
CREATE INDEX visit_seats_by_visit ON visit_seats (visit_id);

CREATE TABLE visit_sessions (
  id uuid PRIMARY KEY,
  voucher_id uuid NOT NULL REFERENCES vouchers (id),
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  party party NOT NULL,
  token_hash keyed_hash NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX visit_sessions_by_visit ON visit_sessions (visit_id);

CREATE TABLE outbox (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('sms', 'email')),
  visit_id uuid REFERENCES video_visits (id),
  voucher_id uuid REFERENCES vouchers (id),
  party party,
  template text NOT NULL,
  recipient text NOT NULL,
  payload bytea,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  claimed_until timestamptz,
  sent_at timestamptz,
  provider_message_id text,
  failed_at timestamptz,
  failure text,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT outbox_wiped_once_sent CHECK (sent_at IS NULL OR payload IS NULL),
  CONSTRAINT outbox_one_ending CHECK (num_nonnulls(sent_at, failed_at) <= 1)
);
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_by_visit ON outbox (visit_id, created_at);
