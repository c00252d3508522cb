-- A clinician's patients are found by their visits: from the index alone, where row-level security would read each visit's row. Asks for
-- nobody but the clinician who asks.
CREATE INDEX video_visits_clinician_patient ON video_visits (clinician_id, patient_id);
CREATE FUNCTION rls_own_patients() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 2000 SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT DISTINCT v.patient_id FROM public.video_visits v
  WHERE current_setting('rls.role', true) = 'clinician' AND v.clinician_id = nullif(current_setting('rls.user_id', true), '')::uuid;
END;
REVOKE EXECUTE ON FUNCTION rls_own_patients() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls_own_patients() TO vouchsafe_app;
