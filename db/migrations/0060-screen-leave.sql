-- When the clinician let somebody show a screen; null: they may not (any more). The clinician needs no leave.
ALTER TABLE visit_seats ADD COLUMN may_share_at timestamptz;
