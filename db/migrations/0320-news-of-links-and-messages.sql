-- A list that staff keep open tells when a link was opened and what became of a message, not only who came: both are changes of a visit's state.
CREATE OR REPLACE FUNCTION voucher_open(p_id uuid, p_ip text, p_agent text) RETURNS TABLE (first boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v public.vouchers;
BEGIN
  UPDATE public.vouchers u SET opened_at = clock_timestamp() WHERE u.id = p_id AND u.opened_at IS NULL RETURNING u.* INTO v;
  first := FOUND;
  IF first THEN
    PERFORM public.audit_append('TOKEN_OPENED', v.visit_id, v.id, v.subject::text, upper(v.party), p_ip, p_agent, '{}', true, NULL);
    PERFORM pg_notify('visit_changed', v.visit_id::text);
  END IF;
  RETURN NEXT;
END $$;

CREATE FUNCTION outbox_tell() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_notify('visit_changed', NEW.visit_id::text);
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION outbox_tell() FROM PUBLIC;
CREATE TRIGGER tell AFTER UPDATE OF sent_at, failed_at, delivered_at, bounced_at, undeliverable_at ON outbox
  FOR EACH ROW WHEN (NEW.visit_id IS NOT NULL) EXECUTE FUNCTION outbox_tell();
