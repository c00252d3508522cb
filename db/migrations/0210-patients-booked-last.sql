-- The booking form offers whom its reader booked for last.
CREATE INDEX video_visits_by_booker ON video_visits (created_by, created_at DESC);
