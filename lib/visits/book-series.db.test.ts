import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { outbox, staffLicences, videoVisits, visitSeries } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { occurrences } from "@/lib/kernel/recurrence";
import { instantOf, wallTime } from "@/lib/kernel/wall-time";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { type BookSeriesInput, bookSeries } from "./book-series";
import { cancelFollowing, cancelVisit } from "./cancel-visit";
import { listGuests } from "./list-guests";
import { notifyParties } from "./notify-parties";
import { readSeries } from "./read-series";
import { rescheduleVisit } from "./reschedule-visit";
import { scheduleVisit } from "./schedule-visit";
import { shiftFollowing, weighShift } from "./shift-following";
import { eventsOf, givenVisits, granted, makePersons, refusalOf, scheduler, visitRow } from "./testing";

const deps = givenVisits();
const york = "America/New_York";
const inYork = (wall: string) => instantOf(wall, york)!;
const weekly = (first: string, visits: number) =>
  occurrences(first, "weekly", { visits }).map((wall) => inYork(wall));
type People = { patientId: string; clinicianId: string };
const asked = (people: People, times: Date[], more: Partial<BookSeriesInput> = {}): BookSeriesInput => ({
  actor: scheduler,
  seriesId: randomUUID(),
  repeats: "weekly",
  timeZone: york,
  times,
  ...people,
  ...more,
});
const book = (people: People, times: Date[], more: Partial<BookSeriesInput> = {}) =>
  bookSeries(deps, asked(people, times, more));
const bookedIds = async (people: People, times: Date[], more: Partial<BookSeriesInput> = {}) =>
  granted(await book(people, times, more)).visits.map(({ visitId }) => visitId);
const rowsOf = (patientId: string) =>
  deps.db.asActor(system, (tx) => tx.select().from(videoVisits).where(eq(videoVisits.patientId, patientId)));
const messagesOf = (visitIds: string[]) =>
  deps.db.asActor(system, (tx) =>
    tx.select().from(outbox).where(inArray(outbox.visitId, visitIds)).orderBy(asc(outbox.createdAt)),
  );
const everything = async () => {
  while ((await deliverDue(deps)) > 0);
};
const codesByDate = (refused: Awaited<ReturnType<typeof bookSeries>>) => {
  if (refused.ok || refused.error.code !== "SERIES_DATES_REFUSED") return null;
  return refused.error.dates.map(({ scheduledAt, refusals }) => [
    wallTime(new Date(scheduledAt), york),
    ...refusals.map(({ code }) => code),
  ]);
};

describe("visits that repeat", () => {
  test("are booked together, each a visit of its own, at the same hour before and after the clocks change", async () => {
    const people = await makePersons(deps.db);
    const times = weekly("2098-10-21T10:00", 4);
    const { visits, seriesId, sent } = granted(await book(people, times));
    expect(sent).toBe(false);
    expect(visits.map(({ scheduledAt }) => wallTime(new Date(scheduledAt), york).slice(11))).toEqual(
      Array(4).fill("10:00"),
    );
    // Clocks are set back on 2 November 2098: an hour more in UTC.
    expect(new Set(visits.map(({ scheduledAt }) => scheduledAt.slice(11, 13)))).toEqual(
      new Set(["14", "15"]),
    );
    for (const [index, { visitId }] of visits.entries()) {
      expect(await visitRow(deps.db, visitId)).toMatchObject({ seriesId, seriesPlace: index + 1 });
      expect(await eventsOf(deps.db, visitId)).toEqual(["VISIT_SCHEDULED"]);
    }
    expect(await messagesOf(visits.map(({ visitId }) => visitId))).toEqual([]);
  });

  test("are all booked or none: what stands in the way is said of every date, and without those the rest can be booked", async () => {
    const people = await makePersons(deps.db);
    const times = weekly("2098-01-07T10:00", 4);
    granted(await scheduleVisit(deps, { actor: scheduler, ...people, scheduledAt: times[1]! }));
    await deps.db.asActor(system, (tx) =>
      tx
        .update(staffLicences)
        .set({ expiresOn: "2098-01-22" })
        .where(eq(staffLicences.staffId, people.clinicianId)),
    );
    const input = asked(people, times);
    const refused = await bookSeries(deps, input);
    expect(codesByDate(refused)).toEqual([
      ["2098-01-14T10:00", "SLOT_TAKEN"],
      ["2098-01-28T10:00", "CLINICIAN_NOT_LICENSED"],
    ]);
    expect(await rowsOf(people.patientId)).toHaveLength(1);
    // The same id, for nothing was booked by it.
    granted(await bookSeries(deps, { ...input, times: [times[0]!, times[2]!] }));
    expect(await rowsOf(people.patientId)).toHaveLength(3);
  });

  test("a time that has passed, and two dates in each other's way, are refused by their date", async () => {
    const people = await makePersons(deps.db);
    const now = deps.clock.now().getTime();
    const past = new Date(now - 86_400_000);
    const soon = new Date(now + 86_400_000);
    const refused = await book(people, [past, soon, new Date(soon.getTime() + 10 * 60_000)]);
    expect(codesByDate(refused)?.map(([, ...codes]) => codes)).toEqual([["VISIT_IN_PAST"], ["SLOT_TAKEN"]]);
    expect(await rowsOf(people.patientId)).toEqual([]);
  });

  test("are two at least and 26 at most", async () => {
    const people = await makePersons(deps.db);
    const day = (index: number) => new Date(Date.parse("2097-01-01T15:00:00Z") + index * 86_400_000);
    const days = (count: number) => Array.from({ length: count }, (_, index) => day(index));
    for (const count of [0, 1, 27, 500]) {
      const refused = await book(people, days(count));
      expect(refused).toEqual({ ok: false, error: { code: "SERIES_SIZE", max: 26 } });
    }
    expect(granted(await book(people, days(26))).visits).toHaveLength(26);
  });

  test("sent twice, or twice at once, are booked once and told once; another booking by the same id is refused", async () => {
    const people = await makePersons(deps.db);
    const input = asked(people, weekly("2098-02-04T10:00", 3), { send: true });
    const answers = await Promise.all([1, 2, 3].map(() => bookSeries(deps, input)));
    const [first, ...others] = answers.map(granted);
    for (const other of [...others, granted(await bookSeries(deps, input))]) expect(other).toEqual(first);
    expect(await rowsOf(people.patientId)).toHaveLength(3);
    const sent = await messagesOf(first!.visits.map(({ visitId }) => visitId));
    expect(sent.map(({ party, kind }) => `${party} ${kind}`).sort()).toEqual([
      "clinician email",
      "patient email",
      "patient sms",
    ]);
    const changed = { ...input, times: weekly("2098-02-05T10:00", 3) };
    expect(refusalOf(await bookSeries(deps, changed))).toBe("SERIES_ID_USED");
    const another = person(randomUUID(), "scheduler");
    expect(refusalOf(await bookSeries(deps, { ...input, actor: another }))).toBe("SERIES_ID_USED");
  });

  test("of two schedulers who race for one of the dates, one has all of theirs; the other learns which date, and has none", async () => {
    const people = await makePersons(deps.db);
    const [one, other] = [await makePersons(deps.db), await makePersons(deps.db)];
    const { clinicianId } = people;
    const shared = inYork("2098-03-18T10:00");
    const results = await Promise.all([
      book({ patientId: one.patientId, clinicianId }, [
        inYork("2098-03-04T10:00"),
        shared,
        inYork("2098-04-01T10:00"),
      ]),
      book({ patientId: other.patientId, clinicianId }, [
        inYork("2098-03-05T10:00"),
        shared,
        inYork("2098-03-25T10:00"),
      ]),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const lost = results.find(({ ok }) => !ok)!;
    expect(codesByDate(lost)).toEqual([["2098-03-18T10:00", "SLOT_TAKEN"]]);
    const counts = [await rowsOf(one.patientId), await rowsOf(other.patientId)].map(({ length }) => length);
    expect(counts.sort()).toEqual([0, 3]);
    const kept = await deps.db.asActor(system, (tx) =>
      tx.select().from(visitSeries).where(eq(visitSeries.clinicianId, clinicianId)),
    );
    expect(kept).toHaveLength(1);
  });

  test("a clinician books their own, and neither another's nor those of people they never saw", async () => {
    const people = await makePersons(deps.db);
    const other = await makePersons(deps.db);
    const jane = person(people.clinicianId, "clinician");
    const times = weekly("2098-05-07T10:00", 2);
    expect(refusalOf(await book(other, times, { actor: jane }))).toBe("FORBIDDEN");
    expect(refusalOf(await book(people, times, { actor: jane }))).toBe("PATIENT_UNKNOWN");
    granted(
      await scheduleVisit(deps, {
        actor: scheduler,
        ...people,
        scheduledAt: inYork("2098-05-01T10:00"),
      }),
    );
    expect(await bookedIds(people, times, { actor: jane })).toHaveLength(2);
    for (const role of ["auditor", "agent", "customer"] as const)
      expect(refusalOf(await book(people, times, { actor: person(randomUUID(), role) }))).toBe("FORBIDDEN");
  });

  test("under an id of a series that the booker may not see are refused, and learn nothing of it", async () => {
    const theirs = asked(await makePersons(deps.db), weekly("2098-05-08T10:00", 2));
    granted(await bookSeries(deps, theirs));
    const people = await makePersons(deps.db);
    const scheduledAt = inYork("2098-05-02T10:00");
    granted(await scheduleVisit(deps, { actor: scheduler, ...people, scheduledAt }));
    const { seriesId } = theirs;
    const refused = await book(people, weekly("2098-05-09T10:00", 2), {
      actor: person(people.clinicianId, "clinician"),
      seriesId,
    });
    expect(refused).toEqual({ ok: false, error: { code: "SERIES_ID_USED" } });
    expect(await rowsOf(people.patientId)).toHaveLength(1);
  });
});

describe("who is told of visits that repeat", () => {
  test("gets one text with the first link and how many there are, and one mail with all the days and their calendar", async () => {
    const people = await makePersons(deps.db);
    await everything();
    deps.texter.sent.length = 0;
    deps.mailer.sent.length = 0;
    const ids = await bookedIds(people, weekly("2098-06-03T10:00", 3), { send: true });
    await everything();
    expect(deps.texter.sent).toHaveLength(1);
    expect(deps.texter.sent[0]?.body).toMatch(/It is the first of 3\.\nTap to join: http\S+\/j\//);
    const mail = deps.mailer.sent.find(({ to }) => to.startsWith("w"));
    for (const day of ["Jun 3", "Jun 10", "Jun 17"]) expect(mail?.text).toContain(day);
    expect(mail?.calendar).toMatchObject({ method: "REQUEST" });
    expect(mail?.calendar?.content.match(/^UID:/gm)).toHaveLength(1);
    const all = mail?.moreCalendars?.[0];
    expect([mail?.moreCalendars?.length, all?.method]).toEqual([1, "PUBLISH"]);
    for (const id of ids) expect(all?.content).toContain(`UID:visit-${id}@`);
    expect(JSON.stringify([deps.texter.sent, deps.mailer.sent])).not.toMatch(/Walter|Greene/);
  });

  test("gets the plain message for a link that is sent once more, and of a later visit", async () => {
    const people = await makePersons(deps.db);
    const ids = await bookedIds(people, weekly("2098-06-04T10:00", 3), { send: true });
    for (const visitId of [ids[0]!, ids[2]!])
      granted(await notifyParties(deps, { actor: scheduler, visitId, recipientRole: "patient" }));
    const templates = (await messagesOf(ids))
      .filter(({ party, kind }) => party === "patient" && kind === "sms")
      .map(({ template }) => template);
    expect(templates.sort()).toEqual(["initial", "initial", "series"]);
  });

  test("whom staff tell later, of visits that were booked only, hears of all that are still to come", async () => {
    const people = await makePersons(deps.db);
    const ids = await bookedIds(people, weekly("2098-06-05T10:00", 4));
    granted(await cancelVisit(deps, { actor: scheduler, visitId: ids[3]! }));
    await everything();
    deps.texter.sent.length = 0;
    granted(await notifyParties(deps, { actor: scheduler, visitId: ids[1]! }));
    await everything();
    expect(deps.texter.sent.map(({ body }) => body)).toEqual([
      expect.stringContaining("It is the first of 2."),
    ]);
  });

  test("is told once that this and all that follow are off, with one calendar entry taken away each", async () => {
    const people = await makePersons(deps.db);
    const ids = await bookedIds(people, weekly("2098-07-02T10:00", 4), { send: true });
    await everything();
    deps.texter.sent.length = 0;
    deps.mailer.sent.length = 0;
    const off = granted(await cancelFollowing(deps, { actor: scheduler, visitId: ids[1]!, reason: "Away" }));
    expect(off.following).toEqual(ids.slice(2));
    await everything();
    expect(deps.texter.sent).toHaveLength(1);
    expect(deps.texter.sent[0]?.body).toMatch(/was cancelled, and the visits after it too: 3 in all/);
    const mail = deps.mailer.sent.find(({ to }) => to.startsWith("w"))!;
    const files = [mail.calendar!, ...mail.moreCalendars!];
    expect(files.map(({ method }) => method)).toEqual(["CANCEL", "CANCEL", "CANCEL"]);
    for (const [index, id] of ids.slice(1).entries()) {
      expect(files[index]?.content).toContain(`UID:visit-${id}@`);
      expect(files[index]?.content).toContain("SEQUENCE:1");
      expect(await eventsOf(deps.db, id)).toContain("VISIT_CANCELLED");
    }
    expect((await visitRow(deps.db, ids[0]!)).cancelledAt).toBeNull();
  });

  test("hears of a later visit alone that is moved or off, though its own link never went", async () => {
    const people = await makePersons(deps.db);
    const ids = await bookedIds(people, weekly("2098-08-06T10:00", 3), { send: true });
    const scheduledAt = inYork("2098-08-15T11:00");
    granted(await rescheduleVisit(deps, { actor: scheduler, visitId: ids[1]!, scheduledAt }));
    granted(await cancelVisit(deps, { actor: scheduler, visitId: ids[2]! }));
    const told = (await messagesOf(ids.slice(1))).filter(({ kind }) => kind === "sms");
    expect(told.map(({ template }) => template)).toEqual(["rescheduled", "cancelled"]);
  });

  test("nobody hears of visits that were booked only", async () => {
    const people = await makePersons(deps.db);
    const ids = await bookedIds(people, weekly("2098-08-07T10:00", 3));
    granted(await cancelFollowing(deps, { actor: scheduler, visitId: ids[0]! }));
    expect(await messagesOf(ids)).toEqual([]);
  });
});

describe("this visit and all that follow", () => {
  test("move by the same difference on the wall, the earlier ones stay, and whoever knew is told once", async () => {
    const people = await makePersons(deps.db);
    const ids = await bookedIds(people, weekly("2098-10-15T10:00", 4), { send: true });
    await everything();
    deps.texter.sent.length = 0;
    // By a week: each comes to where the next one stood.
    const scheduledAt = inYork("2098-10-29T10:30");
    granted(await shiftFollowing(deps, { actor: scheduler, visitId: ids[1]!, scheduledAt }));
    const walls = await Promise.all(
      ids.map(async (id) => wallTime((await visitRow(deps.db, id)).scheduledAt, york)),
    );
    expect(walls).toEqual(["2098-10-15T10:00", "2098-10-29T10:30", "2098-11-05T10:30", "2098-11-12T10:30"]);
    await everything();
    expect(deps.texter.sent.map(({ body }) => body)).toEqual([
      expect.stringMatching(/was moved\. It now starts .* 3 in all/),
    ]);
    for (const id of ids.slice(1)) expect((await visitRow(deps.db, id)).calendarSequence).toBe(1);
    // And back.
    granted(
      await shiftFollowing(deps, {
        actor: scheduler,
        visitId: ids[1]!,
        scheduledAt: inYork("2098-10-22T10:00"),
      }),
    );
    expect(wallTime((await visitRow(deps.db, ids[3]!)).scheduledAt, york)).toBe("2098-11-05T10:00");
  });

  test("move all or none, and each date that cannot be is named before and after", async () => {
    const people = await makePersons(deps.db);
    const ids = await bookedIds(people, weekly("2096-01-05T10:00", 3));
    const { visitId: other } = granted(
      await scheduleVisit(deps, { actor: scheduler, ...people, scheduledAt: inYork("2096-01-13T10:00") }),
    );
    const input = { actor: scheduler, visitId: ids[0]!, scheduledAt: inYork("2096-01-06T10:00") };
    const weighed = granted(await weighShift(deps, input));
    expect(weighed.map(({ refusals }) => refusals.map(({ code }) => code))).toEqual([[], ["SLOT_TAKEN"], []]);
    const refused = await shiftFollowing(deps, input);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: "SERIES_DATES_REFUSED", dates: [{ refusals: [{ visit: { visitId: other } }] }] },
    });
    expect(wallTime((await visitRow(deps.db, ids[0]!)).scheduledAt, york)).toBe("2096-01-05T10:00");
  });

  test("are the series' clinician's and the desk's to change: a stranger finds no visit, and one that repeats not is refused", async () => {
    const people = await makePersons(deps.db);
    const ids = await bookedIds(people, weekly("2098-09-03T10:00", 2));
    const scheduledAt = inYork("2098-09-04T10:00");
    const visitId = ids[0]!;
    for (const actor of [
      person(randomUUID(), "clinician"),
      person(people.patientId, "customer"),
      person(randomUUID(), "agent"),
    ]) {
      expect(refusalOf(await cancelFollowing(deps, { actor, visitId }))).toMatch(/VISIT_UNKNOWN|FORBIDDEN/);
      expect(refusalOf(await shiftFollowing(deps, { actor, visitId, scheduledAt }))).toMatch(
        /VISIT_UNKNOWN|FORBIDDEN/,
      );
    }
    const stranger = person(randomUUID(), "clinician");
    expect(refusalOf(await readSeries(deps, { actor: stranger, visitId }))).toBe("VISIT_UNKNOWN");
    const seen = await deps.db.asActor(stranger, (tx) => tx.select().from(visitSeries));
    expect(seen).toEqual([]);
    const alone = granted(
      await scheduleVisit(deps, { actor: scheduler, ...people, scheduledAt: inYork("2098-09-20T10:00") }),
    ).visitId;
    expect(refusalOf(await cancelFollowing(deps, { actor: scheduler, visitId: alone }))).toBe("NOT_REPEATED");
    granted(await cancelFollowing(deps, { actor: person(people.clinicianId, "clinician"), visitId }));
    for (const id of ids) expect((await visitRow(deps.db, id)).cancelledAt).not.toBeNull();
  });

  test("say which they are: places stay, whatever became of the others", async () => {
    const people = await makePersons(deps.db);
    const ids = await bookedIds(people, weekly("2098-11-05T10:00", 3));
    granted(await cancelVisit(deps, { actor: scheduler, visitId: ids[1]! }));
    const { series } = granted(await readSeries(deps, { actor: scheduler, visitId: ids[2]! }));
    expect(series).toMatchObject({ repeats: "weekly", timeZone: york, booked: 3 });
    expect(series?.visits.map(({ place, status }) => `${place} ${status}`)).toEqual([
      "1 SCHEDULED",
      "2 CANCELLED",
      "3 SCHEDULED",
    ]);
  });
});

describe("guests who are asked with the booking", () => {
  const maria = { role: "interpreter", name: "Maria", phone: "+15550104471", locale: "es" } as const;
  const contacts = async (visitIds: string[]) =>
    (await messagesOf(visitIds)).filter(({ party }) => party === "interpreter");

  test("are told nothing by a booking, and get a link of their own when the links are sent", async () => {
    const people = await makePersons(deps.db);
    const scheduledAt = inYork("2098-12-01T10:00");
    const { visitId } = granted(
      await scheduleVisit(deps, { actor: scheduler, ...people, scheduledAt, guests: [maria] }),
    );
    expect(await contacts([visitId])).toEqual([]);
    const listed = async () => granted(await listGuests(deps, { actor: scheduler, visitId })).guests;
    expect(await listed()).toMatchObject([{ name: "Maria", link: null }]);
    granted(await notifyParties(deps, { actor: scheduler, visitId, recipientRole: "patient" }));
    expect(await contacts([visitId])).toEqual([]);
    const sent = granted(await notifyParties(deps, { actor: scheduler, visitId, recipientRole: "both" }));
    expect(sent.guests).toMatchObject([{ role: "interpreter", sms: { to: expect.stringMatching(/4471$/) } }]);
    expect(await listed()).toMatchObject([{ link: "ISSUED" }]);
  });

  test("who were never told hear of no cancellation", async () => {
    const people = await makePersons(deps.db);
    const scheduledAt = inYork("2098-12-02T10:00");
    const { visitId } = granted(
      await scheduleVisit(deps, { actor: scheduler, ...people, scheduledAt, guests: [maria] }),
    );
    granted(await cancelVisit(deps, { actor: scheduler, visitId }));
    expect(await messagesOf([visitId])).toEqual([]);
  });

  test("of visits that repeat are asked to each, and told once of all: when they are booked and when they are off", async () => {
    const people = await makePersons(deps.db);
    const ids = await bookedIds(people, weekly("2098-12-03T10:00", 3), { send: true, guests: [maria] });
    for (const visitId of ids)
      expect(granted(await listGuests(deps, { actor: scheduler, visitId })).guests).toHaveLength(1);
    expect((await contacts(ids)).map(({ template }) => template)).toEqual(["series"]);
    granted(await cancelFollowing(deps, { actor: scheduler, visitId: ids[0]! }));
    expect((await contacts(ids)).map(({ template }) => template)).toEqual(["series", "series-cancelled"]);
  });

  test("are four at most, and none where the desk answers; then nothing is booked", async () => {
    const people = await makePersons(deps.db);
    const scheduledAt = inYork("2098-12-04T10:00");
    const schedule = (more: object) =>
      scheduleVisit(deps, { actor: scheduler, ...people, scheduledAt, guests: [maria], ...more });
    expect(refusalOf(await schedule({ guests: Array(5).fill(maria) }))).toBe("GUESTS_FULL");
    expect(refusalOf(await schedule({ route: "connect" }))).toBe("GUESTS_NEED_MEETING");
    const times = weekly("2098-12-04T10:00", 2);
    expect(refusalOf(await book(people, times, { guests: Array(5).fill(maria) }))).toBe("GUESTS_FULL");
    const rows = await deps.db.asActor(system, (tx) =>
      tx
        .select()
        .from(videoVisits)
        .where(and(eq(videoVisits.patientId, people.patientId))),
    );
    expect(rows).toEqual([]);
  });
});
