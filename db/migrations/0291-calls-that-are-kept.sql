-- Calls to the contact centre go when the clinic says so: who called and when, how it was for them, what agents noted, and what was asked to prove who
-- called. The audit stays.
ALTER TABLE retention DROP CONSTRAINT retention_floor, DROP CONSTRAINT retention_kind,
  ADD CONSTRAINT retention_floor CHECK (days <= 7300 AND days >= CASE kind
    WHEN 'chat' THEN 30 WHEN 'checks' THEN 7 WHEN 'calls' THEN 30 WHEN 'messages' THEN 90 WHEN 'words' THEN 1 WHEN 'rooms' THEN 1
    WHEN 'support' THEN 30 END),
  ADD CONSTRAINT retention_kind CHECK (kind IN ('chat', 'checks', 'calls', 'messages', 'words', 'rooms', 'support'));
CREATE INDEX support_calls_over ON support_calls (ended_at) WHERE settled_at IS NOT NULL;
CREATE INDEX desk_contacts_left ON desk_contacts (left_at) WHERE left_at IS NOT NULL;
CREATE INDEX desk_questions_by_time ON desk_questions (at);

CREATE OR REPLACE FUNCTION retention_parts() RETURNS TABLE (place integer, kind text, target text, goes text, counts text)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT place, kind, target, goes, CASE WHEN counts = 'same' THEN goes ELSE counts END FROM (VALUES
    (1, 'chat', 'visit_chat', 't.said_at < $1', 'same'),
    (2, 'checks', 'device_checks', 't.created_at < $1', 'same'),
    (3, 'checks', 'connection_checks', 't.created_at < $1', 'same'),
    (4, 'calls', 'visit_presence', 't.came_at < $1', 'same'),
    (5, 'calls', 'visit_troubles', 't.created_at < $1', 'same'),
    (6, 'calls', 'visit_surveys', 't.created_at < $1', 'same'),
    -- Of a visit that is still to come it is asked what was told.
    (7, 'messages', 'outbox', 't.created_at < $1 AND num_nonnulls(t.sent_at, t.failed_at, t.dropped_at) > 0
      AND NOT EXISTS (SELECT FROM public.video_visits v WHERE v.id = t.visit_id AND v.scheduled_at > $1)', 'same'),
    (8, 'words', 'waiting_words', 't.said_at < $1', 'same'),
    (9, 'rooms', 'outbox', 't.room_id IN (SELECT r.id FROM public.rooms r WHERE r.closed_at < $1)', NULL),
    -- What the cloud has not yet ended is tried on; its room waits for it.
    (10, 'rooms', 'cloud_cleanups', 't.done_at IS NOT NULL AND t.room_id IN (SELECT r.id FROM public.rooms r WHERE r.closed_at < $1)', NULL),
    (11, 'rooms', 'recording_plays', 't.recording_id IN (SELECT g.id FROM public.recordings g JOIN public.rooms r ON r.id = g.room_id
      WHERE r.closed_at < $1 AND g.settled_at IS NOT NULL AND (g.object_key IS NULL OR g.deleted_at IS NOT NULL))', NULL),
    (12, 'rooms', 'recording_consents', 't.recording_id IN (SELECT g.id FROM public.recordings g JOIN public.rooms r ON r.id = g.room_id
      WHERE r.closed_at < $1 AND g.settled_at IS NOT NULL AND (g.object_key IS NULL OR g.deleted_at IS NOT NULL))', NULL),
    (13, 'rooms', 'recordings', 't.settled_at IS NOT NULL AND (t.object_key IS NULL OR t.deleted_at IS NOT NULL)
      AND t.room_id IN (SELECT r.id FROM public.rooms r WHERE r.closed_at < $1)', NULL),
    (14, 'rooms', 'room_seats', 't.room_id IN (SELECT r.id FROM public.rooms r WHERE r.closed_at < $1)', NULL),
    (15, 'rooms', 'room_invites', 't.room_id IN (SELECT r.id FROM public.rooms r WHERE r.closed_at < $1)', NULL),
    (16, 'rooms', 'rooms', 't.closed_at < $1', 'same'),
    -- Its rating goes with a call. What is still to be ended in the cloud waits.
    (17, 'support', 'support_calls', 't.ended_at < $1 AND t.settled_at IS NOT NULL', 'same'),
    -- What was noted of a visit belongs to the visit.
    (18, 'support', 'desk_contacts', 't.left_at < $1 AND NOT EXISTS (SELECT FROM public.video_visits v WHERE v.connect_contact_id = t.contact_id)', 'same'),
    (19, 'support', 'desk_questions', 't.at < $1', 'same')
  ) AS parts (place, kind, target, goes, counts);
END;
