-- A caller's page is told at once what an agent did with the call. Who answered is written when they do: at a desk it also rings in vain, and colleagues
-- are asked there who never speak with the caller.
ALTER TABLE support_calls
  ADD COLUMN answered_by uuid REFERENCES staff (id),
  -- Handed on since then, and nobody has answered yet.
  ADD COLUMN handed_on_at timestamptz;
GRANT UPDATE (answered_by, handed_on_at) ON support_calls TO vouchsafe_app;

CREATE FUNCTION support_call_tell() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_notify('support_call_changed', NEW.id::text);
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION support_call_tell() FROM PUBLIC;
CREATE TRIGGER tell AFTER UPDATE ON support_calls FOR EACH ROW
  WHEN ((OLD.contact_id, OLD.transaction_id, OLD.connected_at, OLD.answered_by, OLD.held_at, OLD.handed_on_at, OLD.ended_at)
    IS DISTINCT FROM (NEW.contact_id, NEW.transaction_id, NEW.connected_at, NEW.answered_by, NEW.held_at, NEW.handed_on_at, NEW.ended_at))
  EXECUTE FUNCTION support_call_tell();

-- Who has the caller's own call: a first name, and to nobody else.
CREATE OR REPLACE FUNCTION own_call_agent(p_call uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT s.first_name FROM public.support_calls c
  JOIN public.staff s ON s.id = c.answered_by
  WHERE c.id = p_call AND c.connected_at IS NOT NULL AND c.handed_on_at IS NULL AND c.ended_at IS NULL
    AND c.customer_id = nullif(current_setting('rls.patient_id', true), '')::uuid);
