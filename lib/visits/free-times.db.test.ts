import { describe, expect, test } from "vitest";
import { person } from "@/db/testing/people";
import { addDaysOff, setHours } from "@/lib/clinicians/change-clinician";
import { instantOf, wallTime } from "@/lib/kernel/wall-time";
import { cancelVisit } from "./cancel-visit";
import { freeTimes } from "./free-times";
import { scheduleVisit } from "./schedule-visit";
import { givenVisits, granted, makePersons, scheduler } from "./testing";

const deps = givenVisits();
const zone = "America/New_York";
/** A Wednesday, by New York's clocks. */
const at = (clock: string, day = "2099-01-07") => instantOf(`${day}T${clock}`, zone)!;
const free = async (clinicianId: string, { actor = scheduler, duration = 30, day = "2099-01-07" } = {}) => {
  const asked = { actor, clinicianId, from: at("00:00", day), to: at("23:30", day), duration };
  const times = await freeTimes(deps, asked);
  return times?.map((time) => wallTime(time, zone).slice(11)) ?? null;
};
const worksMornings = async () => {
  const people = await makePersons(deps.db);
  const hours = [{ weekday: 3, fromMinute: 540, toMinute: 720 }];
  granted(await setHours(deps, { actor: scheduler, clinicianId: people.clinicianId, hours }));
  return people;
};

describe("a clinician's free times", () => {
  test("lie within their hours and beside their visits, each long enough; what was called off is free again", async () => {
    const people = await worksMornings();
    const booked = granted(
      await scheduleVisit(deps, { actor: scheduler, ...people, scheduledAt: at("10:00"), duration: 45 }),
    );
    expect(await free(people.clinicianId)).toEqual(["09:00", "09:30", "11:00", "11:30"]);
    expect(await free(people.clinicianId, { duration: 60 })).toEqual(["09:00", "11:00"]);
    expect(await free(people.clinicianId, { duration: 15 })).toEqual([
      ...["09:00", "09:15", "09:30", "09:45"],
      ...["10:45", "11:00", "11:15", "11:30", "11:45"],
    ]);
    granted(await cancelVisit(deps, { actor: scheduler, visitId: booked.visitId }));
    expect(await free(people.clinicianId, { duration: 60 })).toContain("10:00");
  });

  test("are none on a day off, on a weekday they don't work, and in the past", async () => {
    const { clinicianId } = await worksMornings();
    const off = { firstDay: "2099-01-14", lastDay: "2099-01-14" };
    granted(await addDaysOff(deps, { actor: scheduler, clinicianId, ...off }));
    for (const day of ["2099-01-14", "2099-01-08", "2020-01-08"])
      expect(await free(clinicianId, { day })).toEqual([]);
  });

  test("are not known where they never said their hours, and not told to a colleague", async () => {
    const silent = await makePersons(deps.db);
    expect(await free(silent.clinicianId)).toBeNull();
    const { clinicianId } = await worksMornings();
    expect(await free(clinicianId, { actor: person(silent.clinicianId, "clinician") })).toBeNull();
    expect(await free(clinicianId, { actor: person(clinicianId, "clinician") })).toHaveLength(6);
  });
});
