import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { customers, outbox, videoVisits } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { nothingMeasured } from "@/lib/kernel/connection";
import { instantOf } from "@/lib/kernel/wall-time";
import { changeReminders } from "@/lib/notifications/change-reminders";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { defaultReminders, type ReminderRules } from "@/lib/notifications/reminder-moment";
import { bookSeries } from "./book-series";
import { cancelVisit } from "./cancel-visit";
import { noteDeviceCheck } from "./note-device-check";
import { notifyParties } from "./notify-parties";
import { rescheduleVisit } from "./reschedule-visit";
import { scheduleVisit } from "./schedule-visit";
import { sendReminders } from "./send-reminders";
import {
  codeIn,
  granted,
  linkOf,
  makePersons,
  openVisits,
  origin,
  scheduler,
  type TestVisits,
} from "./testing";

let visits: TestVisits;
let deps: TestVisits["deps"];
/** The database keeps its own time for links, so tests move ours along from now. */
const clock = { at: new Date(), now: () => clock.at };
beforeAll(async () => {
  visits = await openVisits();
  deps = { ...visits.deps, clock: Object.assign(clock, { advance: () => {}, reset: () => {} }) };
});
afterAll(() => visits.close());
beforeEach(() => {
  deps.texter.sent.length = 0;
  deps.mailer.sent.length = 0;
});

const york = "America/New_York";
const angeles = "America/Los_Angeles";
/** A day that no earlier test used, two days and more from now. */
let days = 3;
const someDay = () => {
  days += 4;
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
};
const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
const goTo = (wall: string, zone = york) => {
  const at = instantOf(wall, zone);
  if (!at) throw new Error(`${wall} does not happen`);
  clock.at = at;
};

async function booked(
  day: string,
  time = "15:00",
  given: { zone?: string; locale?: string; channel?: "sms" | "email" | "both"; phone?: string | null } = {},
) {
  clock.at = new Date();
  const persons = await makePersons(deps.db, { phone: given.phone });
  const zone = given.zone ?? york;
  await deps.db.asActor(system, (tx) =>
    tx
      .update(customers)
      .set({ timeZone: zone, locale: given.locale ?? "en" })
      .where(eq(customers.id, persons.patientId)),
  );
  const { visitId } = granted(
    await scheduleVisit(deps, {
      actor: scheduler,
      ...persons,
      scheduledAt: instantOf(`${day}T${time}`, zone) as Date,
      channel: given.channel ?? "both",
    }),
  );
  return { visitId, ...persons };
}
const remindersOf = (visitId: string) =>
  deps.db.asActor(system, (tx) =>
    tx
      .select()
      .from(outbox)
      .where(and(eq(outbox.visitId, visitId), eq(outbox.template, "reminder"))),
  );
const kindsOf = async (visitId: string) => (await remindersOf(visitId)).map(({ kind }) => kind).sort();
const everything = async () => {
  while ((await deliverDue(deps)) > 0);
};

describe("a patient is reminded", () => {
  test("the day before and the hour before, by text and mail, once each however often workers look", async () => {
    const day = someDay();
    const { visitId } = await booked(day);
    goTo(`${dayBefore(day)}T14:59`);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toEqual([]);
    goTo(`${dayBefore(day)}T15:00`);
    await Promise.all(Array.from({ length: 6 }, () => sendReminders(deps)));
    expect(await kindsOf(visitId)).toEqual(["email", "sms"]);
    goTo(`${day}T13:59`);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toHaveLength(2);
    goTo(`${day}T14:00`);
    await sendReminders(deps);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toHaveLength(4);
  });

  test("in their own zone and language, with no word of who they are", async () => {
    const day = someDay();
    const { visitId } = await booked(day, "15:00", { zone: angeles, locale: "es", channel: "sms" });
    goTo(`${dayBefore(day)}T15:00`, york);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toEqual([]);
    goTo(`${dayBefore(day)}T15:00`, angeles);
    await sendReminders(deps);
    await everything();
    const [text] = deps.texter.sent;
    expect(text?.body).toMatch(/^Recordatorio: su videoconsulta con Dr\. Jane el .* a las 3:00/);
    expect(text?.body).not.toMatch(/Walter|Greene/);
  });

  test("with the link that they have; with a new one once that is spent or has run out", async () => {
    const day = someDay();
    const { visitId } = await booked(day, "15:00", { channel: "sms" });
    const { link } = await linkOf(deps, visitId, "patient");
    goTo(`${dayBefore(day)}T15:00`);
    await sendReminders(deps);
    await everything();
    expect(deps.texter.sent[0]?.body).toContain(link);

    const other = someDay();
    const short = await booked(other, "15:00", { channel: "sms" });
    const old = await linkOf(deps, short.visitId, "patient", 60);
    goTo(`${dayBefore(other)}T15:00`);
    await sendReminders(deps);
    await everything();
    const fresh = deps.texter.sent.at(-1)?.body ?? "";
    expect(fresh).toContain("/j/");
    expect(fresh).not.toContain(codeIn(old.link));
  });

  test("by mail where there is no telephone, whatever the channel says", async () => {
    const day = someDay();
    const { visitId } = await booked(day, "15:00", { channel: "sms", phone: null });
    goTo(`${dayBefore(day)}T15:00`);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toEqual(["email"]);
  });
});

describe("the day before", () => {
  test("a patient is offered to try their camera, but not the hour before, nor once all was found to work", async () => {
    const day = someDay();
    const { visitId } = await booked(day, "15:00", { channel: "sms" });
    goTo(`${dayBefore(day)}T15:00`);
    await sendReminders(deps);
    await everything();
    const [code] = /(?<=\/c\/)[0-9a-z]+/.exec(deps.texter.sent.at(-1)?.body ?? "") ?? [""];
    expect(deps.texter.sent.at(-1)?.body).toMatch(/\/j\/.*\n.*\n?.*\/c\//s);
    goTo(`${day}T14:00`);
    await sendReminders(deps);
    await everything();
    expect(deps.texter.sent.at(-1)?.body).not.toContain("/c/");

    const fine = { camera: "works", microphone: "works", speaker: "works", network: "good" } as const;
    const findings = { ...nothingMeasured, ...fine };
    granted(await noteDeviceCheck(deps, { code, runId: randomUUID(), findings, origin }));
    const next = someDay();
    clock.at = new Date();
    granted(
      await rescheduleVisit(deps, {
        actor: scheduler,
        visitId,
        scheduledAt: instantOf(`${next}T15:00`, york) as Date,
      }),
    );
    await everything();
    goTo(`${dayBefore(next)}T15:00`);
    await sendReminders(deps);
    await everything();
    expect(deps.texter.sent.at(-1)?.body).toMatch(/^Reminder/);
    expect(deps.texter.sent.at(-1)?.body).not.toContain("/c/");
  });
});

describe("nobody is reminded", () => {
  test("of a visit that was cancelled, or is under way", async () => {
    const day = someDay();
    const cancelled = await booked(day);
    const begun = await booked(day, "15:10");
    granted(await cancelVisit(deps, { actor: scheduler, visitId: cancelled.visitId }));
    goTo(`${dayBefore(day)}T15:30`);
    await deps.db.asActor(system, (tx) =>
      tx.update(videoVisits).set({ startedAt: clock.at }).where(eq(videoVisits.id, begun.visitId)),
    );
    await sendReminders(deps);
    expect(await kindsOf(cancelled.visitId)).toEqual([]);
    expect(await kindsOf(begun.visitId)).toEqual([]);
  });

  test("of a time that was moved: the new one is reminded of anew", async () => {
    const day = someDay();
    const { visitId } = await booked(day);
    goTo(`${dayBefore(day)}T15:00`);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toHaveLength(2);
    const later = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    granted(
      await rescheduleVisit(deps, {
        actor: scheduler,
        visitId,
        scheduledAt: instantOf(`${later}T16:00`, york) as Date,
      }),
    );
    goTo(`${day}T14:00`);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toHaveLength(2);
    goTo(`${day}T16:00`);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toHaveLength(4);
  });

  test("of what they were told after the reminder's moment", async () => {
    const day = someDay();
    const { visitId } = await booked(day);
    goTo(`${dayBefore(day)}T15:05`);
    granted(await notifyParties(deps, { actor: scheduler, visitId }));
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toEqual([]);
    goTo(`${day}T14:00`);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toHaveLength(2);
  });
});

describe("quiet hours", () => {
  test("an early visit's last reminder goes the evening before, not in the night", async () => {
    const day = someDay();
    const { visitId } = await booked(day, "08:30");
    goTo(`${dayBefore(day)}T20:44`);
    await sendReminders(deps); // the day's, late
    expect(await kindsOf(visitId)).toHaveLength(2);
    goTo(`${dayBefore(day)}T20:45`);
    await sendReminders(deps); // the hour's, moved
    expect(await kindsOf(visitId)).toHaveLength(4);
  });

  test("a worker that was away all evening does not make up for it at night, but in the morning", async () => {
    const day = someDay();
    const { visitId } = await booked(day, "12:30");
    goTo(`${dayBefore(day)}T23:30`);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toEqual([]);
    goTo(`${day}T08:00`);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toHaveLength(2);
  });

  test("one that its provider would not take until the night is dropped; what staff send at night goes", async () => {
    const day = someDay();
    const { visitId } = await booked(day, "08:30", { channel: "sms" });
    goTo(`${dayBefore(day)}T20:45`);
    await sendReminders(deps);
    deps.texter.refuse({ code: "TEXTER_THROTTLED", retryAfterMs: 1_000 });
    await deliverDue(deps);
    goTo(`${dayBefore(day)}T21:00`);
    await everything();
    expect(deps.texter.sent).toEqual([]);
    // One, for the day's and the hour's would have come at the same moment.
    expect(await remindersOf(visitId)).toMatchObject([{ droppedAt: expect.any(Date), failure: "TOO_LATE" }]);
    granted(await notifyParties(deps, { actor: scheduler, visitId, template: "reminder" }));
    await everything();
    expect(deps.texter.sent).toHaveLength(1);
  });
});

describe("a later visit of several that were booked together", () => {
  const inAWeek = (day: string) => new Date(Date.parse(day) + 7 * 86_400_000).toISOString().slice(0, 10);
  /** @returns the second visit. */
  async function bookedTwice(day: string, send: boolean): Promise<string> {
    clock.at = new Date();
    const { visits: booked } = granted(
      await bookSeries(deps, {
        actor: scheduler,
        seriesId: randomUUID(),
        repeats: "weekly",
        timeZone: york,
        times: [day, inAWeek(day)].map((one) => instantOf(`${one}T15:00`, york) as Date),
        send,
        guests: [{ role: "interpreter", name: "Maria", phone: "+15550104488" }],
        ...(await makePersons(deps.db)),
      }),
    );
    return booked[1]!.visitId;
  }
  const whose = async (visitId: string) =>
    (await remindersOf(visitId)).map(({ party, kind }) => `${party} ${kind}`).sort();
  const all = ["clinician email", "interpreter sms", "patient email", "patient sms"];

  test("brings everybody who was told of it their own link, the day before: patient, clinician and guest", async () => {
    const day = someDay();
    const visitId = await bookedTwice(day, true);
    goTo(`${dayBefore(inAWeek(day))}T15:00`);
    await sendReminders(deps);
    expect(await whose(visitId)).toEqual(all);
    expect((await remindersOf(visitId)).every(({ voucherId }) => voucherId !== null)).toBe(true);
    // The hour before, the patient alone: the others have their link.
    goTo(`${inAWeek(day)}T14:00`);
    await sendReminders(deps);
    expect(await whose(visitId)).toEqual([...all, "patient email", "patient sms"].sort());
  });

  test("brings the link that was promised where the clinic sends no reminders; once, and to nobody who was not told", async () => {
    const day = someDay();
    const [told, untold] = [await bookedTwice(day, true), await bookedTwice(day, false)];
    const admin = person(randomUUID(), "admin");
    const off = { day: { on: false, at: null }, hours: { on: false, before: 1 } };
    granted(await changeReminders(deps, { actor: admin, rules: off }));
    goTo(`${dayBefore(inAWeek(day))}T15:00`);
    await sendReminders(deps);
    goTo(`${inAWeek(day)}T14:00`);
    await sendReminders(deps);
    expect([await whose(told), await whose(untold)]).toEqual([all, []]);
    granted(await changeReminders(deps, { actor: admin, rules: defaultReminders }));
  });
});

describe("the clinic says when patients are reminded", () => {
  const admin = person(randomUUID(), "admin");
  const ask = (rules: Partial<ReminderRules>, actor = admin) =>
    changeReminders(deps, { actor, rules: { ...defaultReminders, ...rules } });

  test("and they are, at that time of the day before and that long before, or not at all", async () => {
    const day = someDay();
    const { visitId } = await booked(day, "15:00", { channel: "sms" });
    granted(await ask({ day: { on: true, at: "18:00" }, hours: { on: true, before: 4 } }));
    goTo(`${dayBefore(day)}T17:59`);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toEqual([]);
    goTo(`${dayBefore(day)}T18:00`);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toEqual(["sms"]);
    granted(await ask({ hours: { on: false, before: 4 } }));
    goTo(`${day}T14:00`);
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toEqual(["sms"]);
    granted(await ask({}));
    await sendReminders(deps);
    expect(await kindsOf(visitId)).toEqual(["sms", "sms"]);
  });

  test("but nobody else does, and nothing that is no time", async () => {
    for (const role of ["scheduler", "clinician", "auditor"] as const)
      expect(await ask({}, person(randomUUID(), role))).toEqual({ ok: false, error: { code: "FORBIDDEN" } });
    expect(await ask({ day: { on: true, at: "25:00" }, hours: { on: true, before: 1.5 } })).toEqual({
      ok: false,
      error: { code: "INPUT_INVALID", fields: ["at", "before"] },
    });
    expect(await ask({ hours: { on: true, before: 13 } })).toMatchObject({ ok: false });
  });
});
