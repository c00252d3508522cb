-- What a link's holder is told before joining, in one statement: when, how long, with whom by first name, and whether it is still on.
-- Asked for by the voucher's id after its signature or code was proved. No patient, no reason: there is nothing here to leak.
CREATE FUNCTION visit_behind(p_voucher uuid) RETURNS TABLE (
  id uuid, scheduled_at timestamptz, duration_minutes integer, clinician_name text,
  started_at timestamptz, ended_at timestamptz, cancelled_at timestamptz, no_show_at timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT v.id, v.scheduled_at, v.duration_minutes, s.first_name, v.started_at, v.ended_at, v.cancelled_at, v.no_show_at
  FROM public.vouchers k
  JOIN public.video_visits v ON v.id = k.visit_id
  JOIN public.staff s ON s.id = v.clinician_id
  WHERE k.id = p_voucher;
END;
REVOKE EXECUTE ON FUNCTION visit_behind(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION visit_behind(uuid) TO vouchsafe_app;
