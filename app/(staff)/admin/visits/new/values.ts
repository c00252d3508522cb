import type { BookState } from "./actions";

/** What the booking form's fields hold, as typed. */
export type Values = {
  date: string;
  time: string;
  zone: string;
  clinicianId: string;
  patientId: string;
  duration: string;
  visitType: string;
  channel: string;
  reason: string;
};

/** What each part of the form is given. */
export type Part = {
  values: Values;
  set: (name: keyof Values) => (value: string) => void;
  errors: BookState["errors"];
};
