-- Patients are kept by the desk. Which saving a form was made from: a later one that knows less is told, not obeyed.
ALTER TABLE customers ADD COLUMN revision integer NOT NULL DEFAULT 1;

-- The list by what is asked of it, each in the order of names.
CREATE INDEX customers_by_state ON customers (state, last_key, first_key, id);
CREATE INDEX customers_by_tier ON customers (tier, last_key, first_key, id);
CREATE INDEX customers_of_another_book ON customers (last_key, first_key, id) WHERE external_id IS NOT NULL;
CREATE INDEX customers_with_account ON customers (last_key, first_key, id) WHERE sub IS NOT NULL;

-- Who signs in as this person is nobody's to write who keeps the book: a row-level policy cannot compare a row with what it was, a trigger can.
CREATE FUNCTION customers_keep_account() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'only the system links an account to a patient' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER keep_account_of_new BEFORE INSERT ON customers FOR EACH ROW
  WHEN (NEW.sub IS NOT NULL AND session_user = 'vouchsafe_app' AND current_setting('rls.role', true) IS DISTINCT FROM 'system')
  EXECUTE FUNCTION customers_keep_account();
CREATE TRIGGER keep_account BEFORE UPDATE ON customers FOR EACH ROW
  WHEN (NEW.sub IS DISTINCT FROM OLD.sub AND session_user = 'vouchsafe_app' AND current_setting('rls.role', true) IS DISTINCT FROM 'system')
  EXECUTE FUNCTION customers_keep_account();
