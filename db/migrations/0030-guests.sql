-- Guests: a caregiver, an interpreter, a student. Each has a link and a role of their own.
ALTER DOMAIN party DROP CONSTRAINT party_check;
ALTER DOMAIN party ADD CONSTRAINT party_check CHECK (VALUE IN ('patient', 'clinician', 'caregiver', 'interpreter', 'student'));

CREATE TABLE visit_guests (
  id uuid PRIMARY KEY,
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  role party NOT NULL CHECK (role NOT IN ('patient', 'clinician')),
  -- What the others are shown. No family name is asked for.
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 40),
  phone text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  email text CHECK (char_length(email) <= 254),
  time_zone text NOT NULL,
  locale text NOT NULL DEFAULT 'en',
  invited_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);
CREATE INDEX visit_guests_by_visit ON visit_guests (visit_id, created_at);

-- A student listens until the clinician lets them speak.
ALTER TABLE visit_seats
  ADD COLUMN may_speak_at timestamptz,
  ADD COLUMN guest_id uuid REFERENCES visit_guests (id),
  ADD CONSTRAINT visit_seats_guest_known CHECK ((guest_id IS NULL) = (party IN ('patient', 'clinician')));

GRANT SELECT, INSERT, UPDATE (revoked_at) ON visit_guests TO vouchsafe_app;
ALTER TABLE visit_guests ENABLE ROW LEVEL SECURITY;
ALTER TABLE visit_guests FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON visit_guests TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY system ON visit_guests TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');
CREATE POLICY desk ON visit_guests TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'scheduler', 'api-key'));
CREATE POLICY clinician ON visit_guests TO vouchsafe_app USING (EXISTS (
  SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid)));
-- Whoever comes by a link sees who else is asked to come; nobody invites or uninvites by a link.
CREATE POLICY link ON visit_guests FOR SELECT TO vouchsafe_app USING (visit_id = (SELECT rls_link_visit()));

-- Of what party the acting link is.
CREATE FUNCTION rls_link_party() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT v.party::text FROM public.vouchers v WHERE v.id = nullif(current_setting('rls.link', true), '')::uuid;
END;
REVOKE EXECUTE ON FUNCTION rls_link_party() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls_link_party() TO vouchsafe_app;

-- A link changes its own seat; the clinician's changes any of the visit. So no guest can be let in by anything that runs as a guest,
-- whatever the code says.
DROP POLICY of_visit ON visit_seats;
CREATE POLICY of_visit ON visit_seats FOR SELECT TO vouchsafe_app USING (EXISTS (SELECT 1 FROM video_visits v WHERE v.id = visit_id));
CREATE POLICY own_made ON visit_seats FOR INSERT TO vouchsafe_app
  WITH CHECK (voucher_id = (SELECT nullif(current_setting('rls.link', true), '')::uuid) AND visit_id = (SELECT rls_link_visit())
    AND party::text = (SELECT rls_link_party()));
CREATE POLICY own_changed ON visit_seats FOR UPDATE TO vouchsafe_app
  USING (voucher_id = (SELECT nullif(current_setting('rls.link', true), '')::uuid))
  WITH CHECK (voucher_id = (SELECT nullif(current_setting('rls.link', true), '')::uuid)
    AND visit_id = (SELECT rls_link_visit()) AND party::text = (SELECT rls_link_party()));
CREATE POLICY host ON visit_seats FOR UPDATE TO vouchsafe_app USING (
  CASE (SELECT current_setting('rls.role', true))
    WHEN 'clinician' THEN EXISTS (SELECT 1 FROM video_visits v WHERE v.id = visit_id)
    WHEN 'link' THEN visit_id = (SELECT rls_link_visit()) AND (SELECT rls_link_party()) = 'clinician'
    ELSE false
  END);
