import { writeCursor } from "@/lib/kernel/cursor";
import { openStaffApi } from "../e2e/staff-api";
import { readStarted } from "../e2e/started";
import { withSystem } from "../scripts/test/system";
import { benchId, type Size } from "./many-visits";
import { type Measured, percentile } from "./report";

const limitMs = 50;
const requests = 100;
/** So many rounds of all lists come before the clock: a process that has just started compiles as it answers. */
const warmUpRounds = 30;

type Asked = [name: string, group: "scheduler" | "auditor", path: string];

function pathsOf({ visits, patients, clinicians }: Size): Asked[] {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const middle = Buffer.from(JSON.stringify([day(-500), benchId("c", 1)])).toString("base64url");
  const at = (path: string, query: Record<string, string>) => `${path}?${new URLSearchParams(query)}`;
  return [
    ["visits of a day", "scheduler", at("/api/visits", { from: day(-400), to: day(-399) })],
    ["visits, the latest first", "scheduler", at("/api/visits", { order: "desc" })],
    ["visits deep in the list", "scheduler", at("/api/visits", { cursor: middle })],
    [
      "visits of a clinician, missed",
      "scheduler",
      at("/api/visits", { clinicianId: benchId("b", clinicians - 1), status: "NO_SHOW" }),
    ],
    [
      "visits of a patient",
      "scheduler",
      at("/api/visits", { patientId: benchId("a", patients - 3), order: "desc" }),
    ],
    ["patients by two letters", "scheduler", at("/api/patients", { q: "ma" })],
    ["links, newest", "scheduler", "/api/links"],
    ["messages that did not get through", "scheduler", at("/api/messages", { view: "trouble" })],
    ["messages of all visits", "scheduler", at("/api/messages", { view: "all" })],
    ["audio rooms, open", "scheduler", at("/api/rooms", { open: "true" })],
    [
      "audio rooms that are over, deep in the list",
      "scheduler",
      at("/api/rooms", { open: "false", cursor: writeCursor([day(-300), benchId("d", 1)]) }),
    ],
    ["audit, newest", "auditor", "/api/audit"],
    ["audit of a visit", "auditor", at("/api/audit", { visitId: benchId("c", Math.floor(visits / 80)) })],
  ];
}

/** The same lists as a caller gets them, at the same size: the whole system stands on the filled database, one request at a time, warm. */
export async function staffListsHttp(ownerUrl: string, appUrl: string, size: Size): Promise<Measured[]> {
  Object.assign(process.env, { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl });
  return withSystem(async (startedFile) => {
    const started = readStarted(startedFile);
    const asGroup = {
      scheduler: await openStaffApi(started, "scheduler"),
      auditor: await openStaffApi(started, "auditor"),
    };
    const paths = pathsOf(size);
    for (let round = 0; round < warmUpRounds; round++)
      for (const [, group, path] of paths) await asGroup[group].call("GET", path);
    const measured: Measured[] = [];
    for (const [name, group, path] of paths) {
      const times: number[] = [];
      for (let turn = 0; turn < requests; turn++) {
        const began = performance.now();
        await asGroup[group].call("GET", path);
        times.push(performance.now() - began);
      }
      measured.push({
        name: `${name}, ${size.visits.toLocaleString("en")} visits, p95 through HTTP`,
        ours: percentile(times, 0.95),
        limit: limitMs,
        unit: "ms",
        note: `median ${percentile(times, 0.5).toFixed(1)} ms`,
      });
    }
    return measured;
  }).finally(() => {
    delete process.env.DATABASE_URL;
    delete process.env.DATABASE_OWNER_URL;
  });
}
