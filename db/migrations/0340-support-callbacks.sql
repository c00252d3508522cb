-- Customers who ask to be called back (decision 0053). One open at a time. Where it stands is derived from these times: to come, due, taken by an agent,
-- over. How they had signed in when they asked is kept as history: whoever answers a telephone later is not proved by it.
CREATE TABLE support_callbacks (
  id uuid PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  topic text CHECK (topic IN ('visit', 'payment', 'sign-in', 'other')),
  signed_in_at timestamptz NOT NULL,
  second_step boolean NOT NULL,
  asked_at timestamptz NOT NULL,
  -- When somebody is to call: from then until then.
  due_from timestamptz NOT NULL,
  due_until timestamptz NOT NULL,
  -- As soon as it is their turn; false: at a time that they chose.
  in_turn boolean NOT NULL,
  -- Who calls them now.
  taken_by uuid REFERENCES staff (id),
  taken_at timestamptz,
  -- How often nobody answered.
  tries smallint NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 2),
  closed_at timestamptz,
  outcome text CHECK (outcome IN ('answered', 'missed', 'cancelled', 'expired')),
  CHECK (due_until > due_from),
  CHECK ((taken_by IS NULL) = (taken_at IS NULL)),
  CHECK ((closed_at IS NULL) = (outcome IS NULL)),
  CHECK (outcome <> 'missed' OR tries = 2)
);
CREATE UNIQUE INDEX support_callbacks_one_open ON support_callbacks (customer_id) WHERE closed_at IS NULL;
-- An agent calls one at a time.
CREATE UNIQUE INDEX support_callbacks_one_taken ON support_callbacks (taken_by) WHERE closed_at IS NULL AND taken_by IS NOT NULL;
CREATE INDEX support_callbacks_due ON support_callbacks (due_from, id) WHERE closed_at IS NULL;
CREATE INDEX support_callbacks_by_customer ON support_callbacks (customer_id, asked_at DESC, id DESC);
CREATE INDEX support_callbacks_over ON support_callbacks (closed_at) WHERE closed_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE (topic, due_from, due_until, in_turn, taken_by, taken_at, tries, closed_at, outcome) ON support_callbacks TO vouchsafe_app;
ALTER TABLE support_callbacks ENABLE ROW LEVEL SECURITY;
ALTER TABLE support_callbacks FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON support_callbacks TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY system ON support_callbacks TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');
CREATE POLICY own ON support_callbacks FOR SELECT TO vouchsafe_app
  USING (customer_id = (SELECT nullif(current_setting('rls.patient_id', true), '')::uuid));
CREATE POLICY book ON support_callbacks FOR SELECT TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'scheduler'));
-- Agents see what is to be done, not whom it is about: that shows to whoever has taken it.
CREATE POLICY desk ON support_callbacks FOR SELECT TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) = 'agent' AND closed_at IS NULL);

-- Whom to call, for the agent who has taken it and as long as they have it.
CREATE FUNCTION callback_person(p_callback uuid)
RETURNS TABLE (first_name text, last_name text, phone text, locale text, tier text, passed_at timestamptz, questions_left integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT u.first_name, u.last_name, u.phone, u.locale, u.tier, (public.desk_questions_passed('callback ' || b.id)).at,
    greatest(0, 3 - (SELECT count(*) FROM public.desk_questions q WHERE q.contact_id = 'callback ' || b.id AND q.customer_id IS NULL))::integer
  FROM public.support_callbacks b JOIN public.customers u ON u.id = b.customer_id
  WHERE b.id = p_callback AND b.closed_at IS NULL
    AND coalesce(current_setting('rls.role', true), '') IN ('agent', 'admin')
    AND b.taken_by = nullif(current_setting('rls.user_id', true), '')::uuid
$$;
REVOKE EXECUTE ON FUNCTION callback_person(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION callback_person(uuid) TO vouchsafe_app;

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
    (19, 'support', 'desk_questions', 't.at < $1', 'same'),
    (20, 'support', 'support_callbacks', 't.closed_at < $1', 'same')
  ) AS parts (place, kind, target, goes, counts);
END;
