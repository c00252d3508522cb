-- A room that is over goes when the clinic says so: its name, its links and who came by them, and where they were sent. The audit stays.
ALTER TABLE retention DROP CONSTRAINT retention_floor, DROP CONSTRAINT retention_kind,
  ADD CONSTRAINT retention_floor CHECK (days <= 7300 AND days >= CASE kind
    WHEN 'chat' THEN 30 WHEN 'checks' THEN 7 WHEN 'calls' THEN 30 WHEN 'messages' THEN 90 WHEN 'words' THEN 1 WHEN 'rooms' THEN 1 END),
  ADD CONSTRAINT retention_kind CHECK (kind IN ('chat', 'checks', 'calls', 'messages', 'words', 'rooms'));

-- Which room a message carried a link of. Nobody's to change, and gone with the room.
ALTER TABLE outbox ADD COLUMN room_id uuid REFERENCES rooms (id);
CREATE INDEX outbox_by_room ON outbox (room_id) WHERE room_id IS NOT NULL;
CREATE INDEX outbox_of_rooms_by_recipient ON outbox (lower(recipient), created_at) WHERE room_id IS NOT NULL;
CREATE INDEX rooms_over ON rooms (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX cloud_cleanups_by_room ON cloud_cleanups (room_id) WHERE room_id IS NOT NULL;

-- What each kind is, in the order in which it goes. `$1`: everything before it. `counts`: what is told to who asks beforehand; null: it goes with
-- another part, which is counted.
DROP FUNCTION retention_parts();
CREATE FUNCTION retention_parts() RETURNS TABLE (place integer, kind text, target text, goes text, counts text)
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
    (11, 'rooms', 'room_seats', 't.room_id IN (SELECT r.id FROM public.rooms r WHERE r.closed_at < $1)', NULL),
    (12, 'rooms', 'room_invites', 't.room_id IN (SELECT r.id FROM public.rooms r WHERE r.closed_at < $1)', NULL),
    (13, 'rooms', 'rooms', 't.closed_at < $1', 'same')
  ) AS parts (place, kind, target, goes, counts);
END;

-- What holds a row of this table back: whatever refers to it, and would not go with it.
CREATE FUNCTION retention_held(target text) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT coalesce(string_agg(format(' AND NOT EXISTS (SELECT FROM %s c WHERE %s)', f.conrelid::regclass, (
    SELECT string_agg(format('c.%I = t.%I', child.attname, parent.attname), ' AND ')
    FROM unnest(f.conkey, f.confkey) AS pair (own, theirs)
    JOIN pg_attribute child ON child.attrelid = f.conrelid AND child.attnum = pair.own
    JOIN pg_attribute parent ON parent.attrelid = f.confrelid AND parent.attnum = pair.theirs)), ''), '')
  FROM pg_constraint f
  WHERE f.contype = 'f' AND f.confdeltype IN ('a', 'r') AND f.confrelid = to_regclass(format('public.%I', target));
END;

-- `told`: of a kind that goes in several tables, the rows of the one that is counted.
DROP FUNCTION retention_sweep(integer);
CREATE FUNCTION retention_sweep(most integer) RETURNS TABLE (kind text, gone integer, told integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part record;
BEGIN
  IF current_setting('rls.role', true) IS DISTINCT FROM 'system' THEN
    RAISE EXCEPTION 'only the worker sweeps' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR part IN SELECT p.*, r.days FROM public.retention_parts() p JOIN public.retention r ON r.kind = p.kind ORDER BY p.place LOOP
    EXECUTE format('DELETE FROM public.%1$I WHERE ctid = ANY (ARRAY(SELECT t.ctid FROM public.%1$I t WHERE %2$s%3$s LIMIT $2))',
      part.target, part.goes, public.retention_held(part.target)) USING now() - make_interval(days => part.days), most;
    kind := part.kind;
    GET DIAGNOSTICS gone = ROW_COUNT;
    told := CASE WHEN part.counts IS NULL THEN 0 ELSE gone END;
    RETURN NEXT;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION retention_count(asked text, days integer, most integer) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part record;
  found integer;
  total integer := 0;
BEGIN
  IF current_setting('rls.role', true) IS DISTINCT FROM 'admin' THEN
    RAISE EXCEPTION 'only an administrator asks' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR part IN SELECT p.target, p.counts FROM public.retention_parts() p WHERE p.kind = asked AND p.counts IS NOT NULL LOOP
    EXECUTE format('SELECT count(*) FROM (SELECT FROM public.%I t WHERE %s LIMIT $2) AS found', part.target, part.counts)
      INTO found USING now() - make_interval(days => retention_count.days), most;
    total := total + found;
  END LOOP;
  RETURN total;
END $$;

-- Links of rooms that were sent to a number or an address which is the asking customer's own on file: that it was, and what became of it.
CREATE FUNCTION own_room_messages(most integer) RETURNS SETOF outbox
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT o.* FROM public.customers c
    JOIN public.outbox o ON o.room_id IS NOT NULL AND lower(o.recipient) IN (lower(c.phone), lower(c.email))
  WHERE current_setting('rls.role', true) = 'customer' AND c.id = nullif(current_setting('rls.patient_id', true), '')::uuid
  ORDER BY o.created_at LIMIT most;
END;

REVOKE EXECUTE ON FUNCTION retention_parts(), retention_held(text), retention_sweep(integer), own_room_messages(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retention_sweep(integer), own_room_messages(integer) TO vouchsafe_app;
