import { sql } from "drizzle-orm";
import { type Db, openDb } from "@/db/as-actor";
import { listAudit } from "@/lib/audit/list-audit";
import { visitTimeLine } from "@/lib/audit/visit-time-line";
import type { Actor, Role } from "@/lib/kernel/actor";
import { systemClock } from "@/lib/kernel/clock";
import { writeCursor } from "@/lib/kernel/cursor";
import { listPatients, type PatientFilter } from "@/lib/patients/list-patients";
import { recentPatients } from "@/lib/patients/recent-patients";
import { listRooms, roomsVersion } from "@/lib/rooms/list-rooms";
import { listJourneys } from "@/lib/visits/list-journeys";
import { type LinkFilter, listLinks } from "@/lib/visits/list-links";
import { listMessages } from "@/lib/visits/list-messages";
import { listVisits } from "@/lib/visits/list-visits";
import { readSchedule } from "@/lib/visits/read-schedule";
import { benchDesk, benchId, busyVisit, makeManyVisits, manyRooms, type Size } from "./many-visits";
import { type Measured, median } from "./report";
import { staffListsHttp } from "./staff-lists-http";

const limitMs = 20;
const turns = 5;

const person = (role: Role, id = benchDesk): Actor => ({
  kind: "person",
  id,
  role,
  name: "Bench",
  origin: { ip: "192.0.2.1", userAgent: "bench" },
});

/**
 * The staff's lists at a million visits, under row-level security as the application's role: each list's own statements, as its use case sends
 * them, run by EXPLAIN (ANALYZE) with the caches warm. The figure is what Postgres needs for all of a list's statements together; the note
 * names the indexes that served them. Then the same through HTTP. Fills the database first, for some minutes.
 */
export async function staffLists(ownerUrl: string, appUrl: string): Promise<Measured[]> {
  const visits = Number(process.env.BENCH_VISITS ?? 1_000_000);
  const size: Size = { visits, patients: visits / 5, clinicians: 100, audit: visits };
  await makeManyVisits(ownerUrl, size, (what) => process.stdout.write(`  made ${what}\n`));
  const statements: Statement[] = [];
  const db = openDb(appUrl, { max: 1, seen: (text, params) => statements.push({ text, params }) });
  try {
    const measured: Measured[] = [];
    for (const [name, actor, work] of listsOf({ db, clock: systemClock }, size)) {
      statements.length = 0;
      await work();
      const own = statements.filter(
        ({ text }) => /^\s*\(*(select|with)\b/i.test(text) && !/set_config|audit_append/.test(text),
      );
      const runs: Explained[] = [];
      for (let turn = 0; turn < turns; turn++) runs.push(await explainAll(db, actor, own));
      measured.push({
        name: `${name}, ${visits.toLocaleString("en")} visits, in SQL`,
        ours: median(runs.map(({ ms }) => ms)),
        limit: limitMs,
        unit: "ms",
        note: [...(runs.at(-1)?.indexes ?? [])].join(", "),
      });
    }
    return [...measured, ...(await staffListsHttp(ownerUrl, appUrl, size))];
  } finally {
    await db.close();
  }
}

type Deps = { db: Db; clock: typeof systemClock };
type List = [name: string, actor: Actor, work: () => Promise<unknown>];

function listsOf(deps: Deps, { visits, clinicians, patients }: Size): List[] {
  const desk = person("scheduler");
  const doctor = person("clinician", benchId("b", 7));
  const auditor = person("auditor");
  const now = new Date();
  const day = (days: number) => new Date(now.getTime() + days * 86_400_000);
  const list = (
    name: string,
    actor: Actor,
    filter: Omit<Parameters<typeof listVisits>[1], "actor">,
  ): List => [`visits ${name}`, actor, () => listVisits(deps, { actor, limit: 50, ...filter })];
  const find = (name: string, actor: Actor, q: string): List => [
    `patients ${name}`,
    actor,
    () => listPatients(deps, { actor, q, limit: 25 }),
  ];
  const narrow = (name: string, actor: Actor, filter: PatientFilter): List => [
    `patients ${name}`,
    actor,
    () => listPatients(deps, { actor, limit: 50, ...filter }),
  ];
  const links = (name: string, filter: LinkFilter): List => [
    `links ${name}`,
    desk,
    () => listLinks(deps, { actor: desk, ...filter }),
  ];
  const schedule = (
    name: string,
    actor: Actor,
    range: Omit<Parameters<typeof readSchedule>[1], "actor">,
  ): List => [`schedule ${name}`, actor, () => readSchedule(deps, { actor, ...range })];
  const audit = (name: string, filter: Omit<Parameters<typeof listAudit>[1], "actor">): List => [
    `audit ${name}`,
    auditor,
    () => listAudit(deps, { actor: auditor, ...filter }),
  ];
  const messages = (name: string, asked: Omit<Parameters<typeof listMessages>[1], "actor">): List => [
    `messages ${name}`,
    desk,
    () => listMessages(deps, { actor: desk, ...asked }),
  ];
  const rooms = (name: string, actor: Actor, asked: Omit<Parameters<typeof listRooms>[1], "actor">): List => [
    `${manyRooms.toLocaleString("en")} audio rooms, ${name}`,
    actor,
    () => listRooms(deps, { actor, ...asked }),
  ];
  const clinicianId = benchId("b", clinicians - 1);
  const middle = Buffer.from(JSON.stringify([day(-500).toISOString(), benchId("c", 1)])).toString(
    "base64url",
  );
  return [
    list("from today", desk, { from: day(0) }),
    list("of a day", desk, { from: day(-400), to: day(-399) }),
    list("of all years, the latest first", desk, { order: "desc" }),
    list("deep in the list", desk, { cursor: middle }),
    list("scheduled, the latest first", desk, { status: "SCHEDULED", order: "desc" }),
    list("under way", desk, { status: "ACTIVE" }),
    list("done, to come (none)", desk, { status: "COMPLETED", from: day(0) }),
    list("cancelled, the latest first", desk, { status: "CANCELLED", order: "desc" }),
    list("missed", desk, { status: "NO_SHOW", from: day(-30) }),
    list("of a clinician, done, the latest first", desk, {
      clinicianId,
      status: "COMPLETED",
      order: "desc",
    }),
    list("of a clinician, missed", desk, { clinicianId, status: "NO_SHOW" }),
    list("of a clinician, scheduled, the latest first", desk, {
      clinicianId,
      status: "SCHEDULED",
      order: "desc",
    }),
    list("of a patient", desk, { patientId: benchId("a", patients - 3), order: "desc" }),
    list("of a patient, missed, in a year", desk, {
      patientId: benchId("a", 3),
      status: "NO_SHOW",
      from: day(-365),
    }),
    list("as their clinician", doctor, { from: day(-300) }),
    list("as their clinician, cancelled", doctor, { status: "CANCELLED", order: "desc" }),
    [
      "how far 50 patients' links have come",
      desk,
      () =>
        listJourneys(deps, {
          actor: desk,
          visitIds: Array.from({ length: 50 }, (_, n) => benchId("c", Math.floor((visits / 51) * n))),
        }),
    ],
    ...(
      [
        ["for the desk", desk],
        ["for an auditor", auditor],
      ] as const
    ).map(
      ([name, actor]): List => [
        `what happened to a visit, ${name}`,
        actor,
        () => visitTimeLine(deps, { actor, visitId: benchId("c", busyVisit) }),
      ],
    ),
    ["patients whom one booked for last", desk, () => recentPatients(deps, { actor: desk })],
    find("by two letters", desk, "ma"),
    find("by both names", desk, "maria garcia"),
    find("by a name without its marks", desk, "fernandez-1"),
    find("by an email", desk, "patient12345@"),
    find("by a phone number's end", desk, "0012345"),
    find("who aren't", desk, "zzyzx"),
    find("of a clinician", doctor, "ma"),
    find("of a clinician, all", doctor, ""),
    schedule("of a day, everybody's", desk, { from: day(10), to: day(11) }),
    schedule("of a clinician's week", desk, { from: day(10), to: day(17), clinicianId }),
    schedule("of their own week", doctor, { from: day(10), to: day(17) }),
    narrow("of a state", desk, { state: "VT" }),
    narrow("of a rare tier, in a state", desk, { state: "VT", tier: "gold" }),
    narrow("whom another book knows", desk, { kind: "customers" }),
    narrow("with an account (none)", desk, { kind: "account" }),
    narrow("of a clinician, of a rare tier", doctor, { tier: "gold" }),
    links("newest", {}),
    links("not opened yet", { status: "ISSUED" }),
    links("that ran out", { status: "EXPIRED" }),
    links("that were taken back (none)", { status: "REVOKED" }),
    links("of a patient", { patientId: benchId("a", patients - 3) }),
    links("used on a day", { status: "REDEEMED", from: day(-100), to: day(-99) }),
    messages("that did not get through", { view: "trouble" }),
    messages("that wait (none)", { view: "waiting" }),
    messages("of all visits", { view: "all" }),
    rooms("newest", desk, {}),
    rooms("open", desk, { open: true }),
    rooms("over", desk, { open: false }),
    rooms("deep in the list", desk, {
      open: false,
      cursor: writeCursor([day(-300).toISOString(), benchId("d", 1)]),
    }),
    rooms("of a clinician, open", doctor, { open: true }),
    rooms("of a clinician, over", doctor, { open: false }),
    ["audio rooms, whether they changed", desk, () => roomsVersion(deps, desk)],
    audit("newest", {}),
    audit("of a rare event", { event: "CLINIC_CHANGED" }),
    audit("of an event that never was", { event: "API_KEY_REVOKED" }),
    audit("of a visit", { visitId: benchId("c", 12_345) }),
    audit("of a person", { personId: benchId("b", 7) }),
    audit("of a person's rare event", { personId: benchId("b", 7), event: "CLINIC_CHANGED" }),
    audit("of a day", { from: day(-100), to: day(-99) }),
    audit("deep in the list", {
      after: { timestamp: day(-200).toISOString().replace("Z", "000Z"), id: benchId("c", 1) },
    }),
  ];
}

type Statement = { text: string; params: unknown[] };
type Explained = { ms: number; indexes: Set<string> };
type Plan = { "Index Name"?: string; "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };

/** Each statement as it was sent, with what was bound to it. */
async function explainAll(db: Db, actor: Actor, statements: readonly Statement[]): Promise<Explained> {
  return db.asActor(actor, async (tx) => {
    const indexes = new Set<string>();
    let ms = 0;
    for (const { text, params } of statements) {
      const parts = text.split(/\$\d+/);
      const places = [...text.matchAll(/\$(\d+)/g)].map(([, place]) => params[Number(place) - 1]);
      const bound = sql.join(
        parts.flatMap((part, index) => [
          sql.raw(part),
          ...(index < places.length ? [sql`${places[index]}`] : []),
        ]),
      );
      const [row] = await tx.execute<{
        "QUERY PLAN": { Plan: Plan; "Execution Time": number; "Planning Time": number }[];
      }>(sql`EXPLAIN (ANALYZE, FORMAT JSON) ${bound}`);
      const [explained] = row?.["QUERY PLAN"] ?? [];
      if (!explained) throw new Error("EXPLAIN said nothing");
      ms += explained["Execution Time"] + explained["Planning Time"];
      noteIndexes(explained.Plan, indexes);
    }
    return { ms, indexes };
  });
}

function noteIndexes(plan: Plan, into: Set<string>): void {
  if (plan["Index Name"]) into.add(plan["Index Name"]);
  // Small tables are read whole, and say so.
  else if (plan["Node Type"] === "Seq Scan") into.add(`all of ${plan["Relation Name"]}`);
  for (const below of plan.Plans ?? []) noteIndexes(below, into);
}
