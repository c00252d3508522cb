-- Those that ran out are listed by when they did: by when they were made, every link of a visit to come would be passed over first.
DROP INDEX vouchers_live;
CREATE INDEX vouchers_live ON vouchers (expires_at, id) WHERE redeemed_at IS NULL AND revoked_at IS NULL;
