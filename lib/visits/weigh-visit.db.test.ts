import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { person } from "@/db/testing/people";
import { addDaysOff, setHours } from "@/lib/clinicians/change-clinician";
import { instantOf } from "@/lib/kernel/wall-time";
import { cancelVisit } from "./cancel-visit";
import { scheduleVisit } from "./schedule-visit";
import { givenVisits, granted, makePersons, refusalOf, scheduler } from "./testing";
import { type WeighInput, weighVisit } from "./weigh-visit";

const deps = givenVisits();
/** A Wednesday, by New York's clocks. */
const at = (clock: string, day = "2099-01-07") => instantOf(`${day}T${clock}`, "America/New_York")!;
type People = { patientId: string; clinicianId: string };
const weigh = async (people: People, time: Date, more: Partial<WeighInput> = {}) => {
  const input = { actor: scheduler, ...people, times: [time], duration: 30, ...more };
  const [one] = await weighVisit(deps, input);
  return { refusals: one!.refusals.map(({ code }) => code), warnings: one!.warnings.map(({ code }) => code) };
};
const book = (people: People, scheduledAt: Date) =>
  scheduleVisit(deps, { actor: scheduler, ...people, scheduledAt });
const nothing = { refusals: [], warnings: [] };

describe("before a booking", () => {
  test("nothing is said of a good one, and it can be booked", async () => {
    const people = await makePersons(deps.db);
    expect(await weigh(people, at("10:00"), { channel: "both" })).toEqual(nothing);
    granted(await book(people, at("10:00")));
  });

  test("what the server would refuse is said, and is what it refuses", async () => {
    const people = await makePersons(deps.db);
    granted(await book(people, at("10:00")));
    const elsewhere = await makePersons(deps.db, { state: "NV", licensedIn: ["NY"] });
    const cases = [
      [people, at("10:15"), "SLOT_TAKEN"],
      [elsewhere, at("10:00"), "CLINICIAN_NOT_LICENSED"],
      [people, new Date(Date.now() - 3_600_000), "VISIT_IN_PAST"],
      [{ ...people, patientId: randomUUID() }, at("12:00"), "PATIENT_UNKNOWN"],
      [{ ...people, clinicianId: randomUUID() }, at("12:00"), "CLINICIAN_UNKNOWN"],
    ] as const;
    for (const [who, time, code] of cases) {
      expect((await weigh(who, time)).refusals).toContain(code);
      expect(refusalOf(await book(who, time))).toBe(code);
    }
  });

  test("a time that ends where another visit begins, or begins where it ends, is free; so is that of a cancelled visit", async () => {
    const people = await makePersons(deps.db);
    const { visitId } = granted(await book(people, at("10:00")));
    expect(await weigh(people, at("09:30"))).toEqual(nothing);
    expect(await weigh(people, at("10:30"))).toEqual(nothing);
    expect((await weigh(people, at("09:31"))).refusals).toEqual(["SLOT_TAKEN"]);
    expect(await weigh(people, at("10:10"), { visitId })).toEqual(nothing); // it would be moved there
    granted(await cancelVisit(deps, { actor: scheduler, visitId }));
    expect(await weigh(people, at("10:00"))).toEqual(nothing);
  });

  test("what is in the way is named, so that staff can look at it", async () => {
    const people = await makePersons(deps.db);
    const { visitId } = granted(await book(people, at("10:00")));
    const [one] = await weighVisit(deps, {
      actor: scheduler,
      ...people,
      times: [at("10:15")],
      duration: 30,
    });
    expect(one?.refusals).toEqual([
      {
        code: "SLOT_TAKEN",
        visit: {
          visitId,
          scheduledAt: at("10:00").toISOString(),
          endsAt: at("10:30").toISOString(),
          patient: "Walter Greene",
          clinician: "Dr. Jane Okafor",
        },
      },
    ]);
  });
});

describe("staff are warned, and may go on", () => {
  test("outside the clinician's hours and on their days off", async () => {
    const people = await makePersons(deps.db);
    const { clinicianId } = people;
    const wednesday = { weekday: 3, fromMinute: 540, toMinute: 1020 };
    granted(await setHours(deps, { actor: scheduler, clinicianId, hours: [wednesday] }));
    const days = { firstDay: "2099-01-14", lastDay: "2099-01-14" };
    granted(await addDaysOff(deps, { actor: scheduler, clinicianId, ...days }));
    expect(await weigh(people, at("16:30"))).toEqual(nothing);
    expect((await weigh(people, at("16:45"))).warnings).toEqual(["OUTSIDE_HOURS"]);
    expect((await weigh(people, at("10:00", "2099-01-08"))).warnings).toEqual(["OUTSIDE_HOURS"]);
    expect((await weigh(people, at("10:00", "2099-01-14"))).warnings).toEqual(["DAY_OFF"]);
    granted(await book(people, at("10:00", "2099-01-14")));
  });

  test("when the patient is with somebody else, sleeps, or cannot be sent the link", async () => {
    const people = await makePersons(deps.db, { phone: null });
    const other = await makePersons(deps.db);
    granted(await book({ ...people, clinicianId: other.clinicianId }, at("10:00")));
    expect((await weigh(people, at("10:15"), { channel: "email" })).warnings).toEqual(["PATIENT_BUSY"]);
    expect((await weigh(people, at("06:45"))).warnings).toEqual(["ODD_HOUR"]);
    expect((await weigh(people, at("20:45"))).warnings).toEqual(["ODD_HOUR"]);
    expect((await weigh(people, at("12:00"), { channel: "both" })).warnings).toEqual(["NO_CONTACT"]);
    expect(await weigh(people, at("12:00"), { channel: "email" })).toEqual(nothing);
  });
});

test("a clinician weighs visits of their own, and learns nothing of others'", async () => {
  const people = await makePersons(deps.db);
  const other = await makePersons(deps.db);
  granted(await book(other, at("10:00")));
  const jane = person(people.clinicianId, "clinician");
  expect(
    (await weigh({ ...people, clinicianId: other.clinicianId }, at("10:00"), { actor: jane })).refusals,
  ).toEqual(["FORBIDDEN"]);
  for (const role of ["auditor", "agent", "customer"] as const)
    expect((await weigh(people, at("10:00"), { actor: person(randomUUID(), role) })).refusals).toEqual([
      "FORBIDDEN",
    ]);
  // A patient whom they have never seen is nobody to them, as at booking.
  expect((await weigh(people, at("10:00"), { actor: jane })).refusals).toEqual(["PATIENT_UNKNOWN"]);
  granted(await book(people, at("12:00")));
  expect(await weigh(people, at("10:00"), { actor: jane })).toEqual(nothing);
});

test("each time of a series is weighed by itself", async () => {
  const people = await makePersons(deps.db);
  granted(await book(people, at("10:00", "2099-01-14")));
  const times = ["2099-01-07", "2099-01-14", "2099-01-21"].map((day) => at("10:00", day));
  const all = await weighVisit(deps, { actor: scheduler, ...people, times, duration: 30 });
  expect(all.map(({ refusals }) => refusals.map(({ code }) => code))).toEqual([[], ["SLOT_TAKEN"], []]);
});
