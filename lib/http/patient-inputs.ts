import { z } from "zod";
import { tiers } from "@/lib/kernel/tiers";
import { usStates } from "@/lib/kernel/us-states";
import { patientKinds } from "@/lib/patients/list-patients";
import { locales } from "@/messages/locales";
import * as input from "./visit-inputs";

/** A name as somebody types it: one line, without controls that reorder or hide what is read. */
const name = (example: string) =>
  z
    .string()
    .max(200)
    .transform((text) => text.replace(/[\s\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ").trim())
    .pipe(z.string().min(1).max(60))
    .meta({ examples: [example] });

/** What the desk may write of a patient, once for the pages and the API. A number is taken as people write it. */
const fields = {
  firstName: name("Ada"),
  lastName: name("Lovelace"),
  email: z.string().trim().pipe(z.email("Must be an email address.").max(254)).nullable(),
  phone: input.typedPhone.nullable(),
  state: z.enum(usStates, "Must be a state of the United States, in two letters."),
  timeZone: input.timeZone,
  locale: z.enum(locales),
  tier: z.enum(tiers),
  externalId: z
    .string()
    .trim()
    .regex(/^[\w.-]{1,40}$/, "1 to 40 letters, digits, dots or hyphens.")
    .nullable(),
  accountNumber: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 -]{2,38}[A-Za-z0-9]$/, "4 to 40 letters or digits.")
    .nullable(),
};

/** A member that nobody may write, as `sub`, is refused by its name and not passed over. */
export const newPatient = z.strictObject({
  ...fields,
  email: fields.email.default(null),
  phone: fields.phone.default(null),
  locale: fields.locale.default("en"),
  tier: fields.tier.default("standard"),
  externalId: fields.externalId.default(null),
  accountNumber: fields.accountNumber.default(null),
  patientId: input.personId.optional(),
  anyway: z.boolean().optional(),
});
export const patientChange = z.strictObject({
  revision: z.number().int().min(1).optional(),
  ...z.object(fields).partial().shape,
});
/** Which patients of a list. */
export const patientFilter = {
  q: z.string().max(100).optional(),
  state: z.enum(usStates).optional(),
  tier: z.string().max(40).optional(),
  kind: z.enum(patientKinds).optional(),
};
