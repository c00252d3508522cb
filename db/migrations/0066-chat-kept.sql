-- Whether what is written in a call is kept with the visit. Off until an administrator says so.
ALTER TABLE clinics ADD COLUMN keep_chat boolean NOT NULL DEFAULT false;

CREATE TABLE visit_chat (
  id uuid PRIMARY KEY,
  visit_id uuid NOT NULL REFERENCES video_visits (id),
  voucher_id uuid NOT NULL REFERENCES vouchers (id),
  party party NOT NULL,
  -- Sealed by the vault for this row.
  words bytea NOT NULL,
  said_at timestamptz NOT NULL
);
CREATE INDEX visit_chat_by_visit ON visit_chat (visit_id, said_at);
-- Never changed: it is the visit's record.
GRANT SELECT, INSERT ON visit_chat TO vouchsafe_app;

ALTER TABLE visit_chat ENABLE ROW LEVEL SECURITY;
ALTER TABLE visit_chat FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON visit_chat TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY system ON visit_chat TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'system');
-- Clinical words: for the visit's own clinician and administrators, as the notes are. Who runs the book reads none of it.
CREATE POLICY admin ON visit_chat FOR SELECT TO vouchsafe_app USING ((SELECT current_setting('rls.role', true)) = 'admin');
CREATE POLICY clinician ON visit_chat FOR SELECT TO vouchsafe_app USING (EXISTS (
  SELECT 1 FROM video_visits v WHERE v.id = visit_id AND v.clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid)));
-- A link keeps its own lines and reads back those alone.
CREATE POLICY link ON visit_chat TO vouchsafe_app
  USING (voucher_id = (SELECT nullif(current_setting('rls.link', true), '')::uuid))
  WITH CHECK (voucher_id = (SELECT nullif(current_setting('rls.link', true), '')::uuid) AND visit_id = (SELECT rls_link_visit())
    AND party::text = (SELECT rls_link_party()));
