-- Whom a clinician sees, with what people are searched by beside it: one range of one index, however many patients there are and however few of
-- them are theirs. Kept by triggers alone: the application may read it and no more.
CREATE TABLE clinician_patients (
  clinician_id uuid NOT NULL REFERENCES staff (id),
  patient_id uuid NOT NULL REFERENCES customers (id),
  last_key text COLLATE "C" NOT NULL,
  first_key text COLLATE "C" NOT NULL,
  email_key text COLLATE "C",
  phone_tail text COLLATE "C",
  PRIMARY KEY (clinician_id, patient_id)
);
CREATE INDEX clinician_patients_by_last ON clinician_patients (clinician_id, last_key, first_key, patient_id);
CREATE INDEX clinician_patients_by_first ON clinician_patients (clinician_id, first_key, last_key, patient_id);
CREATE INDEX clinician_patients_by_email ON clinician_patients (clinician_id, email_key) WHERE email_key IS NOT NULL;
CREATE INDEX clinician_patients_by_phone_tail ON clinician_patients (clinician_id, phone_tail) WHERE phone_tail IS NOT NULL;
CREATE INDEX clinician_patients_by_patient ON clinician_patients (patient_id);

GRANT SELECT ON clinician_patients TO vouchsafe_app;
ALTER TABLE clinician_patients ENABLE ROW LEVEL SECURITY;
ALTER TABLE clinician_patients FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON clinician_patients TO vouchsafe_owner USING (true) WITH CHECK (true);
CREATE POLICY own ON clinician_patients FOR SELECT TO vouchsafe_app
  USING ((SELECT current_setting('rls.role', true)) = 'clinician' AND clinician_id = (SELECT nullif(current_setting('rls.user_id', true), '')::uuid));

-- FOR SHARE: somebody who is renamed at this very moment stands here by the new name.
CREATE FUNCTION clinician_patients_add() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.clinician_patients (clinician_id, patient_id, last_key, first_key, email_key, phone_tail)
  SELECT pair.clinician_id, c.id, c.last_key, c.first_key, c.email_key, c.phone_tail
  FROM (SELECT DISTINCT clinician_id, patient_id FROM booked) AS pair
  JOIN public.customers c ON c.id = pair.patient_id
  WHERE NOT EXISTS (
    SELECT FROM public.clinician_patients known WHERE known.clinician_id = pair.clinician_id AND known.patient_id = pair.patient_id)
  FOR SHARE OF c
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER clinician_patients_add AFTER INSERT ON video_visits
  REFERENCING NEW TABLE AS booked FOR EACH STATEMENT EXECUTE FUNCTION clinician_patients_add();

-- A visit given to another: the one keeps whoever they have another visit with.
CREATE FUNCTION clinician_patients_move() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.clinician_patients (clinician_id, patient_id, last_key, first_key, email_key, phone_tail)
  SELECT NEW.clinician_id, c.id, c.last_key, c.first_key, c.email_key, c.phone_tail FROM public.customers c WHERE c.id = NEW.patient_id
  FOR SHARE
  ON CONFLICT DO NOTHING;
  DELETE FROM public.clinician_patients gone WHERE gone.clinician_id = OLD.clinician_id AND gone.patient_id = OLD.patient_id
    AND NOT EXISTS (SELECT FROM public.video_visits v WHERE v.clinician_id = OLD.clinician_id AND v.patient_id = OLD.patient_id);
  RETURN NULL;
END $$;
CREATE TRIGGER clinician_patients_move AFTER UPDATE ON video_visits FOR EACH ROW
  WHEN (OLD.clinician_id <> NEW.clinician_id OR OLD.patient_id <> NEW.patient_id) EXECUTE FUNCTION clinician_patients_move();

CREATE FUNCTION clinician_patients_rename() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.clinician_patients SET last_key = NEW.last_key, first_key = NEW.first_key, email_key = NEW.email_key, phone_tail = NEW.phone_tail
  WHERE patient_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER clinician_patients_rename AFTER UPDATE ON customers FOR EACH ROW
  WHEN ((OLD.last_key, OLD.first_key, OLD.email_key, OLD.phone_tail) IS DISTINCT FROM (NEW.last_key, NEW.first_key, NEW.email_key, NEW.phone_tail))
  EXECUTE FUNCTION clinician_patients_rename();

INSERT INTO clinician_patients (clinician_id, patient_id, last_key, first_key, email_key, phone_tail)
SELECT pair.clinician_id, c.id, c.last_key, c.first_key, c.email_key, c.phone_tail
FROM (SELECT DISTINCT clinician_id, patient_id FROM video_visits) AS pair JOIN customers c ON c.id = pair.patient_id;

DROP FUNCTION rls_own_patients();
