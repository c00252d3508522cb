-- As 0064 has it, but for how long a page may be silent: its live channel tells every 15 s, and once more when it closes, that it was there.
CREATE OR REPLACE FUNCTION link_queue(p_now timestamptz) RETURNS TABLE (with_another boolean, waiting_before integer, expected_before integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH own AS (SELECT v.id, v.clinician_id, v.scheduled_at FROM public.video_visits v WHERE v.id = public.rls_link_visit()),
  others AS (
    SELECT (v.scheduled_at, v.id) < (own.scheduled_at, own.id) AS before_us, upper(v.during) > p_now AS to_come,
      coalesce(bool_or(s.party::text = 'patient' AND s.admitted_at IS NULL), false) AS waits,
      coalesce(bool_or(s.party::text = 'patient' AND s.admitted_at IS NOT NULL), false)
        AND coalesce(bool_or(s.party::text = 'clinician'), false) AS runs
    FROM own
    JOIN public.video_visits v ON v.clinician_id = own.clinician_id AND v.id <> own.id
      AND v.ended_at IS NULL AND v.cancelled_at IS NULL AND v.no_show_at IS NULL
      AND v.scheduled_at > p_now - interval '12 hours' AND v.scheduled_at < p_now + interval '12 hours'
    LEFT JOIN public.visit_seats s ON s.visit_id = v.id AND s.left_at IS NULL AND s.removed_at IS NULL
      AND s.present_at > p_now - interval '30 seconds'
    GROUP BY v.id, v.scheduled_at, v.during, own.scheduled_at, own.id)
  SELECT coalesce(bool_or(runs), false), (count(*) FILTER (WHERE waits AND NOT runs AND before_us))::integer,
    (count(*) FILTER (WHERE NOT waits AND NOT runs AND before_us AND to_come))::integer
  FROM others;
END;

-- Tells whoever waits for the clinician of this visit to look again. Nothing of the visit goes along: each sees of it what they may.
CREATE FUNCTION tell_queue(p_visit uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT pg_notify('visit_changed', v.id::text)
  FROM public.video_visits own
  JOIN public.video_visits v ON v.clinician_id = own.clinician_id AND v.id <> own.id
    AND v.ended_at IS NULL AND v.cancelled_at IS NULL AND v.no_show_at IS NULL
    AND v.scheduled_at > own.scheduled_at - interval '12 hours' AND v.scheduled_at < own.scheduled_at + interval '12 hours'
  WHERE own.id = p_visit AND EXISTS (
    SELECT 1 FROM public.visit_seats s
    WHERE s.visit_id = v.id AND s.party::text = 'patient' AND s.admitted_at IS NULL AND s.removed_at IS NULL AND s.left_at IS NULL);
END;
REVOKE EXECUTE ON FUNCTION tell_queue(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tell_queue(uuid) TO vouchsafe_app;
