import { eq } from "drizzle-orm";
import { customers } from "@/db/schema";
import type { AccountLimited } from "@/lib/accounts/account-limits";
import { recordAudit } from "@/lib/audit/record";
import { maskEmail, maskPhone } from "@/lib/kernel/phone";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isTimeZone } from "@/lib/kernel/wall-time";
import { findConsent, isOptedOut } from "@/lib/notifications/consents";
import { messageLocales } from "@/lib/notifications/message";
import type { Patient } from "@/lib/visits/own-visit";
import { door, type OwnDeps } from "./deps";

/** What a patient reads of their own record. Contacts are masked: the page may be read over a shoulder. */
export type OwnDetails = {
  firstName: string;
  lastName: string;
  phone: string | null;
  email: string | null;
  timeZone: string;
  locale: string;
  /** Their number answered STOP, and no START since. */
  textsStopped: boolean;
};

/** Null: the account has no record. */
export async function readOwnDetails(
  deps: Pick<OwnDeps, "db" | "keyring">,
  patient: Patient,
): Promise<OwnDetails | null> {
  const [row] = await deps.db.asActor(patient, (tx) =>
    tx.select().from(customers).where(eq(customers.id, patient.id)),
  );
  if (!row) return null;
  const { firstName, lastName, phone, email, timeZone, locale } = row;
  // What a number asked of us is the system's to read; whose number it is was decided above.
  const consent = phone ? await deps.db.asActor(door, (tx) => findConsent(deps, tx, phone)) : null;
  return {
    firstName,
    lastName,
    phone: phone && maskPhone(phone),
    email: email && maskEmail(email),
    timeZone,
    locale,
    textsStopped: isOptedOut(consent),
  };
}

/** In which language a patient's messages come, and by which clock; five times an hour. The record's other facts are the clinic's to change. */
export async function changeOwnDetails(
  deps: Pick<OwnDeps, "db" | "accountLimits">,
  { patient, timeZone, locale }: { patient: Patient; timeZone: string; locale: string },
): Promise<Result<void, { code: "INPUT_INVALID" } | { code: "PATIENT_UNKNOWN" } | AccountLimited>> {
  const known = messageLocales.find((one) => one === locale);
  if (!known || !isTimeZone(timeZone)) return err({ code: "INPUT_INVALID" });
  const limited = await deps.accountLimits.mail(patient.origin, `own details ${patient.id}`);
  if (limited) return err(limited);
  return deps.db.asActor(door, async (tx) => {
    const [before] = await tx.select().from(customers).where(eq(customers.id, patient.id)).for("update");
    // Taken from this account since the page was made: nothing of it is theirs to change.
    if (!before?.sub || patient.role !== "customer") return err({ code: "PATIENT_UNKNOWN" } as const);
    if (before.timeZone === timeZone && before.locale === known) return ok(undefined);
    await tx.update(customers).set({ timeZone, locale: known }).where(eq(customers.id, patient.id));
    await recordAudit(tx, {
      event: "OWN_DETAILS_CHANGED",
      actor: patient,
      metadata: { customerId: patient.id, timeZone, locale: known },
    });
    return ok(undefined);
  });
}
