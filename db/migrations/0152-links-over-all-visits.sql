-- Links of every visit by time, and by what became of them. Those that still open are few, whatever was ever made: found by when they run out.
CREATE INDEX vouchers_by_time ON vouchers (issued_at, id);
CREATE INDEX vouchers_revoked ON vouchers (issued_at, id) WHERE revoked_at IS NOT NULL;
CREATE INDEX vouchers_used ON vouchers (issued_at, id) WHERE redeemed_at IS NOT NULL AND revoked_at IS NULL;
CREATE INDEX vouchers_unused ON vouchers (issued_at, id) WHERE redeemed_at IS NULL AND revoked_at IS NULL;
CREATE INDEX vouchers_live ON vouchers (expires_at) WHERE redeemed_at IS NULL AND revoked_at IS NULL;
