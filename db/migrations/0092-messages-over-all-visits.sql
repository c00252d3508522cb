-- Messages over all visits, newest first; those that did not get through, and those that still wait, without reading the rest.
CREATE INDEX outbox_by_time ON outbox (created_at, id);
CREATE INDEX outbox_trouble ON outbox (created_at, id)
  WHERE bounced_at IS NOT NULL OR failed_at IS NOT NULL OR undeliverable_at IS NOT NULL;
CREATE INDEX outbox_waiting ON outbox (created_at, id) WHERE sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL;
-- Is there a newer one of the same way, for the same person?
CREATE INDEX outbox_by_way ON outbox (visit_id, party, kind, created_at);
