-- What happened to one visit, for whoever runs the book, its own clinician, and the audit's readers: in the words' facts alone. No address, no
-- browser, no token, no hash, and nothing of who read what: those stay with the audit, which these functions open for nobody.

-- What a visit's time line tells of.
CREATE FUNCTION visit_time_line_events() RETURNS text[] LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN ARRAY['VISIT_SCHEDULED', 'VISIT_RESCHEDULED', 'VISIT_CANCELLED', 'VISIT_STARTED', 'VISIT_ENDED', 'VISIT_NO_SHOW',
  'PARTY_WAITING', 'PARTY_ADMITTED', 'PARTY_REMOVED', 'PARTY_LEFT', 'PARTY_REJOINED', 'CONSENT_GIVEN', 'PLACE_CONFIRMED', 'PLACE_NOT_LICENSED',
  'DEVICE_CHECKED', 'GUEST_INVITED', 'GUEST_UNINVITED', 'TOKEN_ISSUED', 'TOKEN_OPENED', 'TOKEN_REUSED', 'TOKEN_REFUSED', 'TOKEN_EXPIRED',
  'TOKEN_REVOKED', 'NOTIFICATION_QUEUED', 'NOTIFICATION_SENT', 'NOTIFICATION_FAILED', 'NOTIFICATION_DROPPED', 'NOTIFICATION_DELIVERED',
  'NOTIFICATION_BOUNCED', 'NOTIFICATION_UNDELIVERABLE', 'WAITING_TOLD', 'RUNNING_LATE', 'RUNNING_LATE_UNDONE', 'CALL_ASKED', 'CALL_SEEN_TO',
  'CLINICIAN_REMINDED', 'SURVEY_ANSWERED', 'TROUBLE_REPORTED', 'NOTES_WRITTEN', 'OWN_LINK_TAKEN', 'TIME_ASKED', 'TIME_REQUEST_WITHDRAWN',
  'TIME_REQUEST_SETTLED'];

-- Whether the acting reader may see it: said of the visit here, whatever the caller claims.
CREATE FUNCTION visit_time_line_opens(p_visit uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN coalesce(current_setting('rls.role', true), '') IN ('admin', 'scheduler', 'auditor', 'system')
  OR current_setting('rls.role', true) = 'clinician' AND EXISTS (SELECT 1 FROM public.video_visits v
    WHERE v.id = p_visit AND v.clinician_id = nullif(current_setting('rls.user_id', true), '')::uuid);

-- Newest first. `who`: the colleague or the key that acted. `party`, `whom`: whom it is about; a guest by name. A message is told of once for each
-- thing that became of it, and by whoever asked for it; a link that a message carries is told of by the message.
CREATE FUNCTION visit_time_line(p_visit uuid, p_limit integer)
RETURNS TABLE (id uuid, at timestamptz, event text, role text, who text, party text, whom text, facts jsonb, success boolean, error text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH told AS (
    SELECT a.* FROM public.audit_log a
    WHERE a.visit_id = p_visit AND a.event_type = ANY (public.visit_time_line_events()) AND public.visit_time_line_opens(p_visit)
  ), placed AS (
    SELECT t.id, lag(t.metadata) OVER (ORDER BY t.occurred_at, t.seq) AS before
    FROM told t WHERE t.event_type IN ('VISIT_SCHEDULED', 'VISIT_RESCHEDULED')
  ), asked AS (
    SELECT DISTINCT ON (t.metadata ->> 'messageId') t.metadata ->> 'messageId' AS message, t.actor_id, t.actor_role
    FROM told t WHERE t.event_type = 'NOTIFICATION_QUEUED' ORDER BY t.metadata ->> 'messageId', t.occurred_at
  ), settled AS (
    SELECT DISTINCT t.metadata ->> 'messageId' AS message FROM told t
    WHERE t.event_type IN ('NOTIFICATION_SENT', 'NOTIFICATION_FAILED', 'NOTIFICATION_DROPPED')
  )
  SELECT t.id, t.occurred_at, t.event_type, by.role,
    coalesce(nullif(concat_ws(' ', s.title, s.first_name, s.last_name), ''), k.name),
    coalesce(t.metadata ->> 'party', v.party, g.role),
    g.name,
    jsonb_strip_nulls(jsonb_build_object(
      'kind', t.metadata -> 'kind', 'template', t.metadata -> 'template', 'to', t.metadata -> 'to', 'minutes', t.metadata -> 'minutes', 'preset', t.metadata -> 'preset',
      'reason', t.metadata -> 'reason', 'outcome', t.metadata -> 'outcome', 'scheduledAt', t.metadata -> 'scheduledAt',
      'durationMinutes', t.metadata -> 'durationMinutes', 'wasAt', p.before -> 'scheduledAt', 'wasMinutes', p.before -> 'durationMinutes',
      'clinician', (SELECT concat_ws(' ', c.title, c.first_name, c.last_name) FROM public.staff c
        WHERE c.id::text = t.metadata ->> 'clinicianId' AND t.metadata ->> 'clinicianId' IS DISTINCT FROM p.before ->> 'clinicianId'),
      'why', CASE t.event_type WHEN 'VISIT_CANCELLED' THEN to_jsonb(vv.cancel_reason) END,
      'seconds', t.metadata -> 'durationSeconds',
      'notes', CASE t.event_type WHEN 'VISIT_ENDED' THEN to_jsonb(vv.clinical_notes IS NOT NULL) END)),
    t.success, t.error_code
  FROM told t
  JOIN public.video_visits vv ON vv.id = t.visit_id
  LEFT JOIN placed p ON p.id = t.id
  LEFT JOIN asked q ON q.message = t.metadata ->> 'messageId' AND t.event_type IN ('NOTIFICATION_SENT', 'NOTIFICATION_FAILED', 'NOTIFICATION_DROPPED')
  CROSS JOIN LATERAL (SELECT coalesce(q.actor_id, t.actor_id) AS id, coalesce(q.actor_role, t.actor_role) AS role) by
  LEFT JOIN public.vouchers v ON v.id = t.token_id
  LEFT JOIN public.visit_guests g ON g.visit_id = p_visit AND g.id::text IN (v.subject::text, t.metadata ->> 'guestId')
  LEFT JOIN public.staff s ON s.id::text = by.id AND by.role NOT IN ('API_KEY', 'CUSTOMER')
  LEFT JOIN public.api_keys k ON k.id::text = by.id AND by.role = 'API_KEY'
  WHERE NOT (t.event_type = 'NOTIFICATION_QUEUED' AND EXISTS (SELECT 1 FROM settled d WHERE d.message = t.metadata ->> 'messageId'))
    AND NOT (t.event_type = 'TOKEN_ISSUED' AND EXISTS (SELECT 1 FROM public.outbox o WHERE o.visit_id = p_visit AND o.voucher_id = t.token_id))
    AND NOT (t.event_type = 'TOKEN_REVOKED' AND t.metadata ->> 'reason' NOT IN ('wrong-person', 'phone-lost', 'not-wanted', 'misused'))
  ORDER BY t.occurred_at DESC, t.seq DESC
  LIMIT least(p_limit, 500)
$$;

-- How much there is to tell: rises with each of it, so that a page knows when to look again.
CREATE FUNCTION visit_time_line_length(p_visit uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*)::integer FROM public.audit_log a
  WHERE a.visit_id = p_visit AND a.event_type = ANY (public.visit_time_line_events()) AND public.visit_time_line_opens(p_visit)
$$;
REVOKE EXECUTE ON FUNCTION visit_time_line_events(), visit_time_line_opens(uuid), visit_time_line(uuid, integer), visit_time_line_length(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION visit_time_line(uuid, integer), visit_time_line_length(uuid) TO vouchsafe_app;
