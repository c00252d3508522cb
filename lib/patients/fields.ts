/** All that the desk may write of a patient. `sub` is not among it: who signs in as somebody is no matter of the book. */
export type PatientFields = {
  firstName: string;
  lastName: string;
  email: string | null;
  /** E.164. */
  phone: string | null;
  /** Two letters. */
  state: string;
  /** IANA. */
  timeZone: string;
  locale: string;
  tier: string;
  /** The number by which another book knows them; nobody else's. */
  externalId: string | null;
  /** Kept as a keyed hash, never as it is. */
  accountNumber: string | null;
};
export const patientFields = [
  "firstName",
  "lastName",
  "email",
  "phone",
  "state",
  "timeZone",
  "locale",
  "tier",
  "externalId",
  "accountNumber",
] as const satisfies readonly (keyof PatientFields)[];
export type PatientField = (typeof patientFields)[number];
