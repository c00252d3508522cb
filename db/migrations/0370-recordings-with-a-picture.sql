-- A visit's picture may be recorded too (decision 0057): asked for as such, and never turned on later, for nobody may update it.
ALTER TABLE recordings
  ADD COLUMN with_picture boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT recordings_picture_of_visits CHECK (NOT with_picture OR visit_id IS NOT NULL);
