/** What `freshDatabase` copies: made once for a run of tests. */
export const migratedDatabase = "vouchsafe_migrated";
