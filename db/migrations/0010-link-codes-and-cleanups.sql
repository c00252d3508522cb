-- The code of a link that nobody has spent yet, sealed by the keyring: without it a reminder could not carry the link it reminds of,
-- and each message would have to revoke the one before. Removed as soon as the link is spent, revoked or expired.
CREATE TABLE link_codes (
  voucher_id uuid PRIMARY KEY REFERENCES vouchers (id),
  sealed bytea NOT NULL
);

-- What is still to be ended in the cloud: written with the decision, crossed out when the cloud has said yes.
CREATE TABLE cloud_cleanups (
  id uuid PRIMARY KEY,
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  kind text NOT NULL CHECK (kind IN ('meeting', 'contact', 'attendee')),
  -- The meeting's or the contact's id.
  target text NOT NULL,
  attendee_id text CHECK ((attendee_id IS NOT NULL) = (kind = 'attendee')),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX cloud_cleanups_due ON cloud_cleanups (next_attempt_at) WHERE done_at IS NULL;

-- The sweeps look for open visits only; the others are many more.
CREATE INDEX video_visits_open ON video_visits (scheduled_at)
  WHERE ended_at IS NULL AND cancelled_at IS NULL AND no_show_at IS NULL;

GRANT SELECT, INSERT, DELETE ON link_codes TO vouchsafe_app;
GRANT SELECT, INSERT, UPDATE ON cloud_cleanups TO vouchsafe_app;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['link_codes', 'cloud_cleanups'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY system ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''system'')', name);
  END LOOP;
END $$;

-- Whoever may see a voucher may handle its code: the inner query is under the vouchers' own policies.
CREATE POLICY of_voucher ON link_codes TO vouchsafe_app USING (EXISTS (SELECT 1 FROM vouchers v WHERE v.id = voucher_id));
CREATE POLICY of_visit ON cloud_cleanups TO vouchsafe_app USING (EXISTS (SELECT 1 FROM video_visits v WHERE v.id = visit_id));
