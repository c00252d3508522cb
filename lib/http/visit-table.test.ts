import { expect, test } from "vitest";
import type { VisitSummary } from "@/lib/visits/answers";
import { personTable, programTable } from "./visit-table";

const visit = {
  visitId: "11111111-0000-4000-8000-000000000001",
  scheduledAt: "2026-11-23T20:00:00.000Z",
  duration: 30,
  status: "NO_SHOW",
  visitType: "follow-up",
  channel: "both",
  patient: { patientId: "p", firstName: "Lucía", lastName: "Peña", state: "NY" },
  clinician: { title: "Dr.", firstName: "Jane", lastName: "Osei" },
  startedAt: null,
  endedAt: null,
  actualDurationSeconds: null,
} as unknown as VisitSummary;

/** A row by its headings. */
async function read(locale: "en" | "es", timeZone: string, changed: Partial<VisitSummary> = {}) {
  const { head, line } = await personTable({ locale, timeZone });
  const cells = line({ ...visit, ...changed });
  expect(cells).toHaveLength(head.length);
  return Object.fromEntries(head.map((name, index) => [name, cells[index]]));
}

test("a person reads a visit by their own clock, whose zone is named, and in words", async () => {
  expect(await read("en", "America/New_York")).toMatchObject({
    Day: "2026-11-23",
    Start: "15:00",
    "Planned end": "15:30",
    "Time zone": "America/New York (EST)",
    "Start with offset from UTC": "2026-11-23T15:00:00-05:00",
    State: "No-show",
    "Patient’s state": "New York",
    "Kind of visit": "Follow-up",
    "Messages by": "Text and email",
    Began: null,
    "Minutes in call": null,
  });
  expect(await read("es", "America/New_York")).toMatchObject({ Estado: "No vino", Nombre: "Lucía" });
});

test("the same moment is another day elsewhere, and the row says so", async () => {
  const row = await read("en", "Asia/Tokyo", {
    startedAt: "2026-11-23T20:02:00.000Z",
    actualDurationSeconds: 0,
  });
  expect(row).toMatchObject({
    Day: "2026-11-24",
    Start: "05:00",
    Began: "2026-11-24 05:02",
    "Minutes in call": 0,
  });
});

test("what another book named stays as it is called there", async () => {
  expect(await read("en", "UTC", { visitType: "Nurse check" })).toMatchObject({
    "Kind of visit": "Nurse check",
  });
  expect(await read("en", "UTC", { visitType: null })).toMatchObject({ "Kind of visit": "Video" });
});

test("a program's columns are as they were: names, UTC and codes", () => {
  expect(programTable.head.join()).toBe(
    "visit,planned,minutes,state,patient,firstName,lastName,patientState,clinician,kind,channel,started,ended,seconds",
  );
  expect(programTable.line(visit).slice(1, 4)).toEqual(["2026-11-23T20:00:00.000Z", 30, "NO_SHOW"]);
});
