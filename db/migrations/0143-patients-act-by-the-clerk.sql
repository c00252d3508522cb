-- A patient who is signed in sees their visits. What "whoever sees the visit" may write (0006, 0010) was meant for its clinician and its links:
-- for a patient it is shut here, whatever other policies say. What they set going, the clerk writes for them.
CREATE POLICY no_patient ON outbox AS RESTRICTIVE FOR INSERT TO vouchsafe_app
  WITH CHECK ((SELECT current_setting('rls.role', true)) IS DISTINCT FROM 'customer');
CREATE POLICY no_patient ON visit_seats AS RESTRICTIVE TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IS DISTINCT FROM 'customer');
CREATE POLICY no_patient ON visit_sessions AS RESTRICTIVE TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IS DISTINCT FROM 'customer');
CREATE POLICY no_patient ON cloud_cleanups AS RESTRICTIVE TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IS DISTINCT FROM 'customer');
