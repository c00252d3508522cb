-- Recordings of visits beside those of rooms (decision 0051): each is of one of them, asked for by whoever asks there, agreed to by the links inside.
ALTER TABLE recordings
  ALTER COLUMN room_id DROP NOT NULL,
  ALTER COLUMN asked_by DROP NOT NULL,
  ADD COLUMN visit_id uuid REFERENCES video_visits (id),
  ADD COLUMN asked_by_link uuid REFERENCES vouchers (id),
  ADD CONSTRAINT recordings_of_one_call CHECK (num_nonnulls(room_id, visit_id) = 1),
  ADD CONSTRAINT recordings_asked_inside CHECK ((room_id IS NULL) = (asked_by IS NULL) AND (visit_id IS NULL) = (asked_by_link IS NULL));
CREATE UNIQUE INDEX recordings_one_of_a_visit ON recordings (visit_id) WHERE ended_at IS NULL;
CREATE INDEX recordings_by_visit ON recordings (visit_id, asked_at DESC);
CREATE INDEX recordings_by_asking_link ON recordings (asked_by_link);

ALTER TABLE recording_consents DROP CONSTRAINT recording_consents_pkey;
ALTER TABLE recording_consents
  ALTER COLUMN invite_id DROP NOT NULL,
  ADD COLUMN voucher_id uuid REFERENCES vouchers (id),
  ADD CONSTRAINT recording_consents_by_one CHECK (num_nonnulls(invite_id, voucher_id) = 1);
CREATE UNIQUE INDEX recording_consents_once ON recording_consents (recording_id, invite_id) WHERE invite_id IS NOT NULL;
CREATE UNIQUE INDEX recording_consents_once_by_link ON recording_consents (recording_id, voucher_id) WHERE voucher_id IS NOT NULL;
CREATE INDEX recording_consents_by_voucher ON recording_consents (voucher_id);

-- A visit's listeners are administrators and its clinician, as the visits' own policies say; those inside know of theirs.
ALTER POLICY listeners ON recordings USING ((SELECT current_setting('rls.role', true)) IN ('admin', 'clinician')
  AND (EXISTS (SELECT 1 FROM rooms r WHERE r.id = room_id) OR EXISTS (SELECT 1 FROM video_visits v WHERE v.id = visit_id)));
CREATE POLICY in_visit ON recordings FOR SELECT TO vouchsafe_app USING (visit_id = (SELECT rls_link_visit()));
CREATE POLICY in_visit ON recording_consents FOR SELECT TO vouchsafe_app USING (
  EXISTS (SELECT 1 FROM recordings r WHERE r.id = recording_id AND r.visit_id = (SELECT rls_link_visit())));
