-- Newest first over everything: what the primary key served before a lighter redemption (0013) let it go. Now somebody does look by time.
CREATE INDEX audit_log_by_time ON audit_log (occurred_at, id);
-- Half of the log are redemptions, which are found by time as fast: the hot path's rows stay out of this one.
DROP INDEX audit_log_by_event;
CREATE INDEX audit_log_by_event ON audit_log (event_type, occurred_at, id) WHERE event_type <> 'TOKEN_REDEEMED';
