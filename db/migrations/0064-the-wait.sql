-- What the clinician last told whoever waits. Sealed, and deleted when the visit closes: no record is made of a courtesy.
CREATE TABLE waiting_words (
  visit_id uuid PRIMARY KEY REFERENCES video_visits (id),
  words bytea NOT NULL CHECK (octet_length(words) <= 2048),
  said_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE (words, said_at), DELETE ON waiting_words TO vouchsafe_app;

ALTER TABLE waiting_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE waiting_words FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON waiting_words TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY system ON waiting_words TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');
CREATE POLICY desk ON waiting_words TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'scheduler', 'api-key'));
CREATE POLICY clinician ON waiting_words TO vouchsafe_app USING (EXISTS (
  SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid)));
-- The patient's link reads it; the clinician's writes it; a guest's does neither.
CREATE POLICY link_reads ON waiting_words FOR SELECT TO vouchsafe_app
  USING (visit_id = (SELECT rls_link_visit()) AND (SELECT rls_link_party()) = 'patient');
CREATE POLICY link_hosts ON waiting_words TO vouchsafe_app
  USING (visit_id = (SELECT rls_link_visit()) AND (SELECT rls_link_party()) = 'clinician');

-- What the acting link may know of its clinician's other visits: whether the clinician is in one of them now, how many patients wait in
-- visits that were planned before, and how many of those are still expected. Counts alone; nothing of whose they are.
CREATE FUNCTION link_queue(p_now timestamptz) RETURNS TABLE (with_another boolean, waiting_before integer, expected_before integer)
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
      AND s.present_at > p_now - interval '90 seconds'
    GROUP BY v.id, v.scheduled_at, v.during, own.scheduled_at, own.id)
  SELECT coalesce(bool_or(runs), false), (count(*) FILTER (WHERE waits AND NOT runs AND before_us))::integer,
    (count(*) FILTER (WHERE NOT waits AND NOT runs AND before_us AND to_come))::integer
  FROM others;
END;
REVOKE EXECUTE ON FUNCTION link_queue(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION link_queue(timestamptz) TO vouchsafe_app;
