-- A clinician's patients of a rare tier or state, or with an account: found by an index of their own, not by looking each of them up.
ALTER TABLE clinician_patients ADD COLUMN state text, ADD COLUMN tier text, ADD COLUMN in_other_book boolean, ADD COLUMN has_account boolean;
UPDATE clinician_patients SET state = c.state, tier = c.tier, in_other_book = c.external_id IS NOT NULL, has_account = c.sub IS NOT NULL
FROM customers c WHERE c.id = patient_id;
ALTER TABLE clinician_patients ALTER COLUMN state SET NOT NULL, ALTER COLUMN tier SET NOT NULL,
  ALTER COLUMN in_other_book SET NOT NULL, ALTER COLUMN has_account SET NOT NULL;
CREATE INDEX clinician_patients_by_state ON clinician_patients (clinician_id, state, last_key, first_key, patient_id);
CREATE INDEX clinician_patients_by_tier ON clinician_patients (clinician_id, tier, last_key, first_key, patient_id);
CREATE INDEX clinician_patients_in_other_book ON clinician_patients (clinician_id, last_key, first_key, patient_id) WHERE in_other_book;
CREATE INDEX clinician_patients_with_account ON clinician_patients (clinician_id, last_key, first_key, patient_id) WHERE has_account;

CREATE OR REPLACE FUNCTION clinician_patients_add() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.clinician_patients
    (clinician_id, patient_id, last_key, first_key, email_key, phone_tail, state, tier, in_other_book, has_account)
  SELECT pair.clinician_id, c.id, c.last_key, c.first_key, c.email_key, c.phone_tail, c.state, c.tier, c.external_id IS NOT NULL, c.sub IS NOT NULL
  FROM (SELECT DISTINCT clinician_id, patient_id FROM booked) AS pair
  JOIN public.customers c ON c.id = pair.patient_id
  WHERE NOT EXISTS (
    SELECT FROM public.clinician_patients known WHERE known.clinician_id = pair.clinician_id AND known.patient_id = pair.patient_id)
  FOR SHARE OF c
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION clinician_patients_move() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.clinician_patients
    (clinician_id, patient_id, last_key, first_key, email_key, phone_tail, state, tier, in_other_book, has_account)
  SELECT NEW.clinician_id, c.id, c.last_key, c.first_key, c.email_key, c.phone_tail, c.state, c.tier, c.external_id IS NOT NULL, c.sub IS NOT NULL
  FROM public.customers c WHERE c.id = NEW.patient_id
  FOR SHARE
  ON CONFLICT DO NOTHING;
  DELETE FROM public.clinician_patients gone WHERE gone.clinician_id = OLD.clinician_id AND gone.patient_id = OLD.patient_id
    AND NOT EXISTS (SELECT FROM public.video_visits v WHERE v.clinician_id = OLD.clinician_id AND v.patient_id = OLD.patient_id);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION clinician_patients_rename() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.clinician_patients SET last_key = NEW.last_key, first_key = NEW.first_key, email_key = NEW.email_key, phone_tail = NEW.phone_tail,
    state = NEW.state, tier = NEW.tier, in_other_book = NEW.external_id IS NOT NULL, has_account = NEW.sub IS NOT NULL
  WHERE patient_id = NEW.id;
  RETURN NULL;
END $$;
DROP TRIGGER clinician_patients_rename ON customers;
CREATE TRIGGER clinician_patients_rename AFTER UPDATE ON customers FOR EACH ROW
  WHEN ((OLD.last_key, OLD.first_key, OLD.email_key, OLD.phone_tail, OLD.state, OLD.tier, OLD.external_id IS NULL, OLD.sub IS NULL)
    IS DISTINCT FROM (NEW.last_key, NEW.first_key, NEW.email_key, NEW.phone_tail, NEW.state, NEW.tier, NEW.external_id IS NULL, NEW.sub IS NULL))
  EXECUTE FUNCTION clinician_patients_rename();
