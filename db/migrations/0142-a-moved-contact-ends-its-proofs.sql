-- A link or a code went to the contact that was on file then. Once that is another, whoever still reads the old one proves nothing by it.
CREATE FUNCTION customers_end_proofs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.record_invitations SET withdrawn_at = clock_timestamp()
   WHERE customer_id = NEW.id AND spent_at IS NULL AND withdrawn_at IS NULL;
  DELETE FROM public.record_codes WHERE customer_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION customers_end_proofs() FROM PUBLIC;
CREATE TRIGGER end_proofs AFTER UPDATE OF phone, email ON customers FOR EACH ROW
  WHEN (OLD.phone IS DISTINCT FROM NEW.phone OR OLD.email IS DISTINCT FROM NEW.email)
  EXECUTE FUNCTION customers_end_proofs();
