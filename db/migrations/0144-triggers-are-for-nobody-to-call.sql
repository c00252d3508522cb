-- As in 0151: a trigger runs its function by itself, also one that runs as the owner.
REVOKE EXECUTE ON FUNCTION clinician_patients_add(), clinician_patients_move(), clinician_patients_rename() FROM PUBLIC;
