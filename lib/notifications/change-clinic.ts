import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/as-actor";
import { clinics, messageWordings } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Env } from "@/lib/env";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import { parsePhone } from "@/lib/kernel/phone";
import { err, ok, type Result } from "@/lib/kernel/result";
import { checkWording, type WordingFlaw } from "./check-wording";
import { type Clinic, forgetClinic, readClinic } from "./clinic";
import { type AnyTemplate, isReply, type MessageLocale } from "./message";
import type { Part } from "./placeholders";
import { sampleValues } from "./sample";

type Deps = { db: Db; clock: Clock; env: Env };
type ClinicField = "name" | "phone" | "quiet" | "recordingDays";
export type Forbidden = { code: "FORBIDDEN" };
export type ClinicRefusal =
  | Forbidden
  /** What must be put right: 1 to 60 letters, a telephone number, two times at most 16 hours apart. */
  | { code: "INPUT_INVALID"; fields: ClinicField[] };
export type WordingRefusal = Forbidden | { code: "WORDING_REFUSED"; flaws: WordingFlaw[] };

export const wallClock = /^([01]\d|2[0-3]):[0-5]\d$/;
/** Twenty years. */
const recordingDaysMax = 7_300;
/** Longer, and there would be no time left to remind anybody. Minutes. */
const quietMaxMinutes = 16 * 60;

/** What the clinic says of itself is the administrator's alone to change; row-level security says so a second time. */
export const mayChange = (actor: Actor): actor is Extract<Actor, { kind: "person" }> =>
  actor.kind === "person" && actor.role === "admin";

/** Changes the clinic's name, telephone and quiet hours, and whether it keeps what is written in calls or records rooms (not given: as before). */
export async function changeClinic(
  deps: Deps,
  {
    actor,
    name,
    phone,
    quiet,
    keepChat,
    recordingDays,
  }: { actor: Actor; keepChat?: boolean; recordingDays?: number | null } & Pick<
    Clinic,
    "name" | "phone" | "quiet"
  >,
): Promise<Result<Clinic, ClinicRefusal>> {
  if (!mayChange(actor)) return err({ code: "FORBIDDEN" });
  const number = parsePhone(phone);
  const fields: ClinicField[] = [];
  if (name.trim().length < 1 || name.trim().length > 60) fields.push("name");
  if (!number) fields.push("phone");
  if (!quietFits(quiet)) fields.push("quiet");
  const days = recordingDays ?? 1;
  if (!Number.isInteger(days) || days < 1 || days > recordingDaysMax) fields.push("recordingDays");
  if (fields.length > 0 || !number) return err({ code: "INPUT_INVALID", fields });
  const row = {
    name: name.trim(),
    phone: number,
    quietFrom: quiet.from,
    quietTo: quiet.to,
    ...(keepChat !== undefined && { keepChat }),
    ...(recordingDays !== undefined && { recordingDays }),
    updatedAt: deps.clock.now(),
    updatedBy: actor.id,
  };
  const clinic = await deps.db.asActor(actor, async (tx) => {
    await tx
      .insert(clinics)
      .values({ id: "main", ...row })
      .onConflictDoUpdate({ target: clinics.id, set: row });
    await recordAudit(tx, {
      event: "CLINIC_CHANGED",
      actor,
      metadata: {
        name: row.name,
        phone: number,
        quietFrom: quiet.from,
        quietTo: quiet.to,
        ...(keepChat !== undefined && { keepChat }),
        ...(recordingDays !== undefined && { recordingDays }),
      },
    });
    return readClinic(tx, deps.env);
  });
  forgetClinic(deps.db);
  return ok(clinic);
}

function quietFits({ from, to }: Clinic["quiet"]): boolean {
  if (!wallClock.test(from) || !wallClock.test(to)) return false;
  const minutes = (wall: string) => Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3));
  return (minutes(to) - minutes(from) + 1440) % 1440 <= quietMaxMinutes;
}

export type WordingPlace = { template: AnyTemplate; locale: MessageLocale; part: Part };

/** Keeps the clinic's own words for one message in one language; `words` null goes back to ours. */
export async function changeWording(
  deps: Deps,
  { actor, template, locale, part, words }: { actor: Actor; words: string | null } & WordingPlace,
): Promise<Result<void, WordingRefusal>> {
  if (!mayChange(actor)) return err({ code: "FORBIDDEN" });
  if (isReply(template) && part !== "sms")
    return err({ code: "WORDING_REFUSED", flaws: [{ code: "EMPTY" }] });
  return deps.db.asActor(actor, async (tx): Promise<Result<void, WordingRefusal>> => {
    const place = and(
      eq(messageWordings.template, template),
      eq(messageWordings.locale, locale),
      eq(messageWordings.part, part),
    );
    if (words === null) await tx.delete(messageWordings).where(place);
    else {
      const clean = words.replace(/\r\n?/g, "\n").trim();
      const sample = sampleValues(await readClinic(tx, deps.env), locale, deps);
      const flaws = checkWording(template, part, clean, sample);
      if (flaws.length > 0) return err({ code: "WORDING_REFUSED", flaws });
      const row = { words: clean, updatedAt: deps.clock.now(), updatedBy: actor.id };
      await tx
        .insert(messageWordings)
        .values({ template, locale, part, ...row })
        .onConflictDoUpdate({
          target: [messageWordings.template, messageWordings.locale, messageWordings.part],
          set: row,
        });
    }
    await recordAudit(tx, {
      event: "MESSAGE_WORDING_CHANGED",
      actor,
      metadata: { template, locale, part, words: words === null ? null : words.slice(0, 640) },
    });
    forgetClinic(deps.db);
    return ok(undefined);
  });
}
