-- Route `sip`: the meeting in which a customer calls, whose it is and until when; and the call that was placed from there to the contact centre.
ALTER TABLE support_calls
  ADD COLUMN meeting_id text,
  ADD COLUMN meeting_expires_at timestamptz,
  ADD COLUMN transaction_id text,
  ADD CHECK ((meeting_id IS NULL) = (meeting_expires_at IS NULL)),
  ADD CHECK (meeting_id IS NULL OR route = 'sip'),
  ADD CHECK (transaction_id IS NULL OR meeting_id IS NOT NULL);
CREATE UNIQUE INDEX support_calls_by_meeting ON support_calls (meeting_id) WHERE meeting_id IS NOT NULL;
GRANT UPDATE (meeting_id, meeting_expires_at, transaction_id) ON support_calls TO vouchsafe_app;
