import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { person } from "@/db/testing/people";
import { cancelVisit } from "./cancel-visit";
import { inviteGuest } from "./invite-guest";
import { notifyParties } from "./notify-parties";
import { readSchedule } from "./read-schedule";
import { rescheduleVisit } from "./reschedule-visit";
import { scheduleVisit } from "./schedule-visit";
import { givenVisits, granted, makePersons, scheduler } from "./testing";
import { whoIsTold } from "./told-parties";

const deps = givenVisits();
const at = (time: string) => new Date(`2098-03-${time}:00Z`);
const book = async (people: { patientId: string; clinicianId: string }, time: string) =>
  granted(await scheduleVisit(deps, { actor: scheduler, ...people, scheduledAt: at(time) })).visitId;
const march = { from: at("03T00:00"), to: at("10T00:00") };
const idsOf = async (input: Partial<Parameters<typeof readSchedule>[1]> = {}) =>
  (await readSchedule(deps, { actor: scheduler, ...march, ...input })).visits.map(({ visitId }) => visitId);

test("the book of a week holds what begins in it, earliest first, and nothing that was called off", async () => {
  const people = await makePersons(deps.db);
  const other = await makePersons(deps.db);
  const second = await book(people, "04T10:00");
  const first = await book(people, "03T00:00");
  const off = await book(people, "05T10:00");
  const others = await book(other, "04T10:00");
  await book(people, "10T00:00");
  await book(people, "02T23:30");
  granted(await cancelVisit(deps, { actor: scheduler, visitId: off }));
  expect(await idsOf({ clinicianId: people.clinicianId })).toEqual([first, second]);
  expect(new Set(await idsOf())).toEqual(new Set([first, second, others]));
  expect(await idsOf({ clinicianId: "nobody" })).toEqual([]);
  // A clinician's book is their own, whatever they ask for; others have none.
  const jane = person(people.clinicianId, "clinician");
  expect(await idsOf({ actor: jane, clinicianId: other.clinicianId })).toEqual([first, second]);
  for (const role of ["auditor", "agent", "customer"] as const)
    expect(await idsOf({ actor: person(randomUUID(), role) })).toEqual([]);
});

test("who will be told of a move is who is told when it moves", async () => {
  const people = await makePersons(deps.db, { phone: null });
  const visitId = await book(people, "06T10:00");
  expect(await whoIsTold(deps, { actor: scheduler, visitId })).toEqual({ parties: [], guests: [] });
  granted(await notifyParties(deps, { actor: scheduler, visitId, recipientRole: "patient" }));
  granted(
    await inviteGuest(deps, {
      actor: scheduler,
      visitId,
      role: "interpreter",
      name: "Maria",
      email: "maria@example.com",
    }),
  );
  const told = await whoIsTold(deps, { actor: scheduler, visitId });
  expect(told).toEqual({ parties: [{ party: "patient", channel: "email" }], guests: ["Maria"] });
  const moved = granted(
    await rescheduleVisit(deps, { actor: scheduler, visitId, scheduledAt: at("07T10:00") }),
  );
  const news = moved.messages.filter(({ template }) => template === "rescheduled");
  expect(news.map(({ party }) => party).sort()).toEqual(["interpreter", "patient"]);
  const nobody = { parties: [], guests: [] };
  expect(await whoIsTold(deps, { actor: person(randomUUID(), "agent"), visitId })).toEqual(nobody);
});
