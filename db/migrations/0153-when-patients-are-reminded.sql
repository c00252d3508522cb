-- When patients are reminded, as the clinic says: the day before (at the visit's own time where no other is said), and some hours before.
ALTER TABLE clinics
  ADD COLUMN remind_day boolean NOT NULL DEFAULT true,
  -- A wall-clock time of the reader's zone.
  ADD COLUMN remind_day_at text CHECK (remind_day_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  ADD COLUMN remind_hours boolean NOT NULL DEFAULT true,
  ADD COLUMN remind_hours_before integer NOT NULL DEFAULT 1 CHECK (remind_hours_before BETWEEN 1 AND 12);
