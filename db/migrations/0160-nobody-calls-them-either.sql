REVOKE EXECUTE ON FUNCTION clinician_patients_add(), clinician_patients_move(), clinician_patients_rename() FROM PUBLIC;
