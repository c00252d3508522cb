-- What became of each message, who wants no texts, what the clinic says and when it keeps quiet.

-- delivered, bounced, undeliverable: what the providers' signed events told. dropped: we decided not to send it after all.
-- useless_at: sent later than this it would wake somebody, or tell them what has passed.
ALTER TABLE outbox
  ADD COLUMN delivered_at timestamptz,
  ADD COLUMN bounced_at timestamptz,
  ADD COLUMN undeliverable_at timestamptz,
  ADD COLUMN delivery_reason text,
  ADD COLUMN dropped_at timestamptz,
  ADD COLUMN useless_at timestamptz,
  DROP CONSTRAINT outbox_one_ending,
  ADD CONSTRAINT outbox_one_ending CHECK (num_nonnulls(sent_at, failed_at, dropped_at) <= 1),
  ADD CONSTRAINT outbox_wiped_once_dropped CHECK (dropped_at IS NULL OR payload IS NULL);
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL;
-- For events that carry the provider's id alone.
CREATE INDEX outbox_by_provider ON outbox (provider_message_id) WHERE provider_message_id IS NOT NULL;

-- Whose number an inbound text came from, to answer in their language.
CREATE INDEX customers_by_phone ON customers (phone) WHERE phone IS NOT NULL;

-- Each schedule of each party for each start: a moved visit is reminded of anew, and nobody twice.
CREATE TABLE reminders (
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  party party NOT NULL,
  schedule text NOT NULL CHECK (schedule IN ('day', 'hour')),
  for_start timestamptz NOT NULL,
  queued_at timestamptz NOT NULL,
  PRIMARY KEY (visit_id, party, schedule, for_start)
);

-- By the number's keyed hash; the number itself is sealed. Opted out: opted_out_at is later than opted_in_at.
CREATE TABLE text_consents (
  id uuid PRIMARY KEY,
  number_hash keyed_hash NOT NULL UNIQUE,
  sealed_number bytea NOT NULL,
  opted_out_at timestamptz,
  opted_in_at timestamptz,
  -- When we last answered: HELP, and what we cannot read. An answering machine must not keep us talking.
  helped_at timestamptz,
  unread_at timestamptz
);

-- Provider events that were worked on, so that a replayed one does nothing. Kept longer than an event counts as fresh.
CREATE TABLE provider_events (
  id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
  received_at timestamptz NOT NULL
);
CREATE INDEX provider_events_by_age ON provider_events (received_at);

-- The clinic as messages and pages name it. One row once an administrator has saved it; before, the environment's.
CREATE TABLE clinics (
  id text PRIMARY KEY CHECK (id = 'main'),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
  phone text NOT NULL CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  -- Wall-clock times of the reader's zone.
  quiet_from text NOT NULL CHECK (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_to text NOT NULL CHECK (quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  updated_at timestamptz NOT NULL,
  updated_by text NOT NULL
);
-- The clinic's own words. A missing row means ours.
CREATE TABLE message_wordings (
  template text NOT NULL,
  locale text NOT NULL CHECK (locale IN ('en', 'es', 'ar')),
  part text NOT NULL CHECK (part IN ('sms', 'subject', 'opening')),
  words text NOT NULL CHECK (char_length(words) BETWEEN 1 AND 640),
  updated_at timestamptz NOT NULL,
  updated_by text NOT NULL,
  PRIMARY KEY (template, locale, part)
);

-- Running late: when the visit is now expected to begin. Null: on time.
ALTER TABLE video_visits
  ADD COLUMN late_minutes integer CHECK (late_minutes BETWEEN 1 AND 240),
  ADD COLUMN late_until timestamptz,
  ADD CONSTRAINT video_visits_late_whole CHECK ((late_minutes IS NULL) = (late_until IS NULL));

GRANT SELECT, INSERT ON reminders TO vouchsafe_app;
GRANT SELECT, INSERT, UPDATE ON text_consents, clinics TO vouchsafe_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON message_wordings TO vouchsafe_app;
GRANT SELECT, INSERT, DELETE ON provider_events TO vouchsafe_app;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['reminders', 'text_consents', 'provider_events', 'clinics', 'message_wordings'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY system ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''system'')', name);
  END LOOP;
  -- What the clinic is called is on every page, signed in or not; an administrator alone changes it.
  FOREACH name IN ARRAY ARRAY['clinics', 'message_wordings'] LOOP
    EXECUTE format('CREATE POLICY everybody ON %I FOR SELECT TO vouchsafe_app USING (true)', name);
    EXECUTE format('CREATE POLICY admin ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''admin'')', name);
  END LOOP;
END $$;
