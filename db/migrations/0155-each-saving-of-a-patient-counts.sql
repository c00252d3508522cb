-- Whoever saves what is on file of a patient, the desk or the patient, and by whichever code: whoever read it before is told.
CREATE FUNCTION customers_next_revision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.revision := OLD.revision + 1;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION customers_next_revision() FROM PUBLIC;
CREATE TRIGGER next_revision BEFORE UPDATE OF first_name, last_name, email, phone, tier, state, time_zone, locale, external_id, account_number_hash
  ON customers FOR EACH ROW EXECUTE FUNCTION customers_next_revision();
