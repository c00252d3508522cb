-- A call that is handed on is a new contact to the contact centre; here it stays the call that it was, by its first contact. By which contact it is at this
-- desk now, where that is another.
ALTER TABLE desk_contacts ADD COLUMN here_as text CHECK (length(here_as) BETWEEN 1 AND 256 AND here_as <> contact_id);
GRANT UPDATE (here_as) ON desk_contacts TO vouchsafe_app;
