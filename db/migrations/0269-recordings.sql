-- Recordings of audio rooms (decision 0045): asked for by the host, begun when everybody inside has agreed, ended by anybody. State is times.
ALTER TABLE clinics ADD COLUMN recording_days integer CHECK (recording_days BETWEEN 1 AND 7300);

CREATE TABLE recordings (
  id uuid PRIMARY KEY,
  room_id uuid NOT NULL REFERENCES rooms (id),
  meeting_id text NOT NULL,
  asked_by uuid NOT NULL REFERENCES room_invites (id),
  asked_at timestamptz NOT NULL,
  -- As the clinic had it when people agreed.
  keep_days integer NOT NULL CHECK (keep_days BETWEEN 1 AND 7300),
  -- The cloud was asked to begin; whether it did is known by capture_id.
  starting_at timestamptz,
  capture_id text,
  started_at timestamptz,
  ended_at timestamptz,
  end_reason text CHECK (end_reason IN ('refused', 'taken-back', 'unanswered', 'stopped', 'withdrawn', 'left', 'newcomer', 'room-closed', 'call-ended', 'failed')),
  -- The cloud has said that it records no more.
  stopped_at timestamptz,
  -- Nothing is left to do: the file is there and locked, or there is none.
  settled_at timestamptz,
  object_key text,
  bytes integer,
  kept_until timestamptz,
  deleted_at timestamptz,
  CONSTRAINT recordings_ended_for_a_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
  CONSTRAINT recordings_begun_in_order CHECK (started_at IS NULL OR (starting_at IS NOT NULL AND capture_id IS NOT NULL)),
  CONSTRAINT recordings_settled_when_ended CHECK (settled_at IS NULL OR ended_at IS NOT NULL),
  CONSTRAINT recordings_stored_whole CHECK (num_nonnulls(object_key, bytes, kept_until) IN (0, 3))
);
CREATE UNIQUE INDEX recordings_one_of_a_room ON recordings (room_id) WHERE ended_at IS NULL;
CREATE INDEX recordings_by_room ON recordings (room_id, asked_at DESC);
CREATE INDEX recordings_to_settle ON recordings (asked_at) WHERE settled_at IS NULL;
CREATE INDEX recordings_to_delete ON recordings (kept_until) WHERE object_key IS NOT NULL AND deleted_at IS NULL;

-- What ended stays ended.
CREATE FUNCTION recordings_keep_ended() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL AND (NEW.ended_at IS DISTINCT FROM OLD.ended_at OR NEW.started_at IS DISTINCT FROM OLD.started_at) THEN
    RAISE EXCEPTION 'a recording that ended is begun no more' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION recordings_keep_ended() FROM PUBLIC;
CREATE TRIGGER keep_ended BEFORE UPDATE ON recordings FOR EACH ROW EXECUTE FUNCTION recordings_keep_ended();

-- Who agreed to be recorded, by the link that they came in by. One answer each.
CREATE TABLE recording_consents (
  recording_id uuid NOT NULL REFERENCES recordings (id),
  invite_id uuid NOT NULL REFERENCES room_invites (id),
  agreed boolean NOT NULL,
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (recording_id, invite_id)
);

-- Leave to listen, for one colleague and a while. Each is a look that is recorded.
CREATE TABLE recording_plays (
  id uuid PRIMARY KEY,
  recording_id uuid NOT NULL REFERENCES recordings (id),
  staff_id uuid NOT NULL,
  staff_name text NOT NULL,
  reason text NOT NULL CHECK (reason IN ('care', 'asked', 'complaint', 'quality', 'legal')),
  opened_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX recording_plays_by_recording ON recording_plays (recording_id, opened_at DESC);

GRANT SELECT, INSERT, UPDATE (starting_at, capture_id, started_at, ended_at, end_reason, stopped_at, settled_at, object_key, bytes, kept_until, deleted_at)
  ON recordings TO vouchsafe_app;
GRANT SELECT, INSERT ON recording_consents, recording_plays TO vouchsafe_app;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['recordings', 'recording_consents', 'recording_plays'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner ON %I TO vouchsafe_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY system ON %I TO vouchsafe_app USING ((SELECT current_setting(''rls.role'', true)) = ''system'')', name);
  END LOOP;
END $$;

-- Administrators, and the clinician who made the room, may know of recordings; schedulers, auditors and keys may not. Those inside know of theirs,
-- and may end it.
CREATE POLICY listeners ON recordings FOR SELECT TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'clinician')
  AND EXISTS (SELECT 1 FROM rooms r WHERE r.id = room_id));
CREATE POLICY inside ON recordings FOR SELECT TO vouchsafe_app USING (room_id = (SELECT rls_invite_room()));
CREATE POLICY inside_ends ON recordings FOR UPDATE TO vouchsafe_app USING (room_id = (SELECT rls_invite_room()));
CREATE POLICY inside ON recording_consents FOR SELECT TO vouchsafe_app USING (
  EXISTS (SELECT 1 FROM recordings r WHERE r.id = recording_id AND r.room_id = (SELECT rls_invite_room())));
CREATE POLICY listeners ON recording_plays TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'clinician')
  AND EXISTS (SELECT 1 FROM recordings r WHERE r.id = recording_id))
  WITH CHECK (staff_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid)
  AND EXISTS (SELECT 1 FROM recordings r WHERE r.id = recording_id));

-- With a room that is over go its recordings' rows, once nothing of them is in the cloud any more; until then they hold the room.
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
    (16, 'rooms', 'rooms', 't.closed_at < $1', 'same')
  ) AS parts (place, kind, target, goes, counts);
END;
CREATE INDEX recordings_by_asker ON recordings (asked_by);
CREATE INDEX recording_consents_by_invite ON recording_consents (invite_id);
