-- A check of the way to the media host needs a meeting: one of its own, for one attendee, which ends with the check. A row for each, for the limit and
-- for its end. It opens no visit and spends no link; it is found by its own id, which only the page that began it was told.
CREATE TABLE connection_checks (
  id uuid PRIMARY KEY,
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  -- The link by which it was begun: a voucher's id or a device check link's, each in its own column so that each refers to what exists.
  voucher_id uuid REFERENCES vouchers (id),
  check_link_id uuid REFERENCES device_check_links (id),
  -- What ends its meeting; null: none was made.
  cleanup_id uuid REFERENCES cloud_cleanups (id),
  created_at timestamptz NOT NULL,
  CHECK (num_nonnulls(voucher_id, check_link_id) = 1)
);
CREATE INDEX connection_checks_by_voucher ON connection_checks (voucher_id, created_at) WHERE voucher_id IS NOT NULL;
CREATE INDEX connection_checks_by_link ON connection_checks (check_link_id, created_at) WHERE check_link_id IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON connection_checks TO vouchsafe_app;
ALTER TABLE connection_checks ENABLE ROW LEVEL SECURITY;
ALTER TABLE connection_checks FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON connection_checks TO vouchsafe_owner USING (true) WITH CHECK (true);
-- The door's own work; nobody else reads or writes it.
CREATE POLICY system ON connection_checks TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');

-- What a device check measured of the media path and of the device's own speed (lib/kernel/connection.ts). Null: it was not measured.
ALTER TABLE device_checks
  ADD COLUMN path text NOT NULL DEFAULT 'untried' CHECK (path IN ('udp', 'tcp', 'none', 'untried')),
  ADD COLUMN lost_down_percent real CHECK (lost_down_percent BETWEEN 0 AND 100),
  ADD COLUMN lost_up_percent real CHECK (lost_up_percent BETWEEN 0 AND 100),
  ADD COLUMN media_round_trip_ms integer CHECK (media_round_trip_ms BETWEEN 0 AND 600000),
  ADD COLUMN jitter_ms integer CHECK (jitter_ms BETWEEN 0 AND 600000),
  ADD COLUMN frames_per_second real CHECK (frames_per_second BETWEEN 0 AND 1000),
  ADD COLUMN frame_ms real CHECK (frame_ms BETWEEN 0 AND 600000),
  ADD COLUMN late_ms integer CHECK (late_ms BETWEEN 0 AND 600000);
