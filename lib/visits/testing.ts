import { randomBytes, randomUUID } from "node:crypto";
import { asc, eq, sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type Db, openDb } from "@/db/as-actor";
import { auditLog, customers, staff, staffLicences, videoVisits } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { freshDatabase } from "@/db/testing/test-database";
import { readEnv } from "@/lib/env";
import type { Clock } from "@/lib/kernel/clock";
import type { GuestRole, Principal } from "@/lib/kernel/party";
import { openKeyring } from "@/lib/keyring/open-keyring";
import type { GuessLimits } from "@/lib/limits/guess-limits";
import { memoryAgentDoor, memoryDeskWitness } from "@/lib/ports/testing/memory-agent-door";
import { memoryCipher } from "@/lib/ports/testing/memory-cipher";
import { memoryContactCentre } from "@/lib/ports/testing/memory-contact-centre";
import { memoryMailer } from "@/lib/ports/testing/memory-mailer";
import { memoryMeetings } from "@/lib/ports/testing/memory-meetings";
import { memoryMessageEvents } from "@/lib/ports/testing/memory-message-events";
import { memoryRecorder } from "@/lib/ports/testing/memory-recorder";
import { memorySigner } from "@/lib/ports/testing/memory-signer";
import { memorySipBridge } from "@/lib/ports/testing/memory-sip-bridge";
import { memoryTexter } from "@/lib/ports/testing/memory-texter";
import { memoryTranscriber } from "@/lib/ports/testing/memory-transcriber";
import type { Channel, JoinLink, Party, Route } from "./answers";
import { visitChangedChannel } from "./changed";
import { inviteGuest } from "./invite-guest";
import { issueJoinLinks } from "./issue-join-links";
import { scheduleVisit } from "./schedule-visit";
import { startVisit } from "./start-visit";

export const origin = { ip: "198.51.100.4", userAgent: "Test/1.0" };
export const scheduler = person("cccccccc-0000-4000-8000-0000000000aa", "scheduler");

/** The real time, which the database keeps too, moved by as much as a test asks. */
function movableClock(): Clock & { advance(seconds: number): void; reset(): void } {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    advance: (seconds) => {
      ahead += seconds * 1000;
    },
    reset: () => {
      ahead = 0;
    },
  };
}

const settings = {
  NODE_ENV: "test",
  CLOUD: "local",
  AWS_ENDPOINT_URL: "http://127.0.0.1:1",
  DATABASE_URL: "postgres://test@127.0.0.1/test",
  CONNECT_INSTANCE_ID: "11111111-1111-4111-8111-111111111111",
  CONNECT_VIDEO_FLOW_ID: "22222222-2222-4222-8222-222222222222",
  CONNECT_SUPPORT_FLOW_ID: "33333333-3333-4333-8333-333333333333",
  CONNECT_SMS_NUMBER: "+15550100100",
  VIDEO_JWT_KMS_KEY_ID: "alias/video-jwt-signing-key",
  RECORDINGS_BUCKET: "vouchsafe-recordings",
  RECORDINGS_ROLE_ARN: "arn:aws:iam::000000000000:role/laptop-recordings",
  VIDEO_RECORDINGS_KMS_KEY_ID: "alias/video-recordings-cmk",
  SES_SENDER: "visits@clinic.test",
  COGNITO_USER_POOL_ID: "us-east-1_test",
  COGNITO_CLIENT_ID: "api",
  COGNITO_WEB_CLIENT_ID: "web",
  NEXT_PUBLIC_APP_URL: "http://app.test",
  VIDEO_JOIN_URL: "http://visit.test",
};

/** Counts misses and never limits, unless told to. */
function openGuessing(): GuessLimits & { misses: string[]; limited: boolean } {
  const limits = {
    misses: [] as string[],
    limited: false,
    check: async () => (limits.limited ? { retryAfterSeconds: 60 } : null),
    miss: async (_: unknown, hint: string) => void limits.misses.push(hint),
  };
  return limits;
}

/** The visits' use cases on a real database of their own, with every cloud in memory. */
export async function openVisits() {
  const database = await freshDatabase();
  const db = openDb(database.app, { max: 12 });
  const cipher = memoryCipher();
  const clock = movableClock();
  const meetings = memoryMeetings();
  const agentDoor = memoryAgentDoor();
  const deps = {
    db,
    clock,
    cipher,
    env: readEnv(settings),
    log: pino({ level: "silent" }),
    keyring: await openKeyring({ db, cipher }),
    signer: memorySigner(),
    meetings,
    transcriber: memoryTranscriber((meetingId) => meetings.rooms.get(meetingId)?.ended === false),
    recorder: memoryRecorder((meetingId) => meetings.rooms.get(meetingId)?.ended === false),
    agentDoor,
    deskWitness: memoryDeskWitness(agentDoor),
    contactCentre: memoryContactCentre(() => clock.now()),
    sipBridge: memorySipBridge(),
    texter: memoryTexter(),
    mailer: memoryMailer(),
    messageEvents: memoryMessageEvents(),
    guessLimits: openGuessing(),
  };
  return {
    deps,
    close: async () => {
      await db.close();
      await database.drop();
    },
  };
}
/** For a test file: the same, opened before its first test and closed after its last. Each test finds the clock and the cloud well. */
export function givenVisits(): TestDeps {
  const deps = {} as TestDeps; // filled before the first test runs
  let close: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const opened = await openVisits();
    close = opened.close;
    Object.assign(deps, opened.deps);
  });
  afterEach(() => {
    deps.meetings.faults.heal();
    deps.contactCentre.faults.heal();
    deps.sipBridge.faults.heal();
    deps.agentDoor.away = false;
    deps.transcriber.faults.heal();
    deps.recorder.faults.heal();
    deps.clock.reset();
    deps.guessLimits.misses.length = 0;
  });
  afterAll(() => close?.());
  return deps;
}
export type TestVisits = Awaited<ReturnType<typeof openVisits>>;
export type TestDeps = TestVisits["deps"];

type Persons = { patientId: string; clinicianId: string };
/** A patient and a clinician who is licensed to see them. */
export async function makePersons(
  db: Db,
  given: { state?: string; licensedIn?: string[]; phone?: string | null; email?: string | null } = {},
): Promise<Persons> {
  const patientId = randomUUID();
  const clinicianId = randomUUID();
  const state = given.state ?? "NY";
  const digits = String(randomBytes(4).readUInt32BE() % 10_000).padStart(4, "0");
  await db.asActor(system, async (tx) => {
    await tx.insert(staff).values({
      id: clinicianId,
      email: `jane.${clinicianId}@clinic.test`,
      role: "clinician",
      title: "Dr.",
      firstName: "Jane",
      lastName: "Okafor",
      timeZone: "America/New_York",
    });
    await tx.insert(customers).values({
      id: patientId,
      firstName: "Walter",
      lastName: "Greene",
      state,
      timeZone: "America/New_York",
      phone: given.phone === undefined ? `+1555010${digits}` : given.phone,
      email: given.email === undefined ? `w${digits}@example.com` : given.email,
    });
    for (const licence of given.licensedIn ?? [state])
      await tx
        .insert(staffLicences)
        .values({ staffId: clinicianId, state: licence, number: "N1", expiresOn: "2099-12-31" });
  });
  return { patientId, clinicianId };
}

export type MadeVisit = Persons & { visitId: string };
export async function makeVisit(
  deps: TestDeps,
  given: {
    inMinutes?: number;
    route?: Route;
    channel?: Channel;
    chiefComplaint?: string;
    persons?: Persons;
  } = {},
): Promise<MadeVisit> {
  const persons = given.persons ?? (await makePersons(deps.db));
  const made = await scheduleVisit(deps, {
    actor: scheduler,
    ...persons,
    scheduledAt: new Date(deps.clock.now().getTime() + (given.inMinutes ?? 5) * 60_000),
    route: given.route,
    channel: given.channel,
    chiefComplaint: given.chiefComplaint,
  });
  return { ...persons, visitId: granted(made).visitId };
}

export async function linkOf(
  deps: TestDeps,
  visitId: string,
  party: Principal,
  ttlMinutes?: number,
): Promise<JoinLink> {
  const links = granted(
    await issueJoinLinks(deps, { actor: scheduler, visitId, roles: [party], ttlMinutes }),
  );
  const link = links[party];
  if (!link) throw new Error("no link was made");
  return link;
}

/** Somebody who opened a link of theirs and joins by it. */
export async function joinAs(
  deps: TestDeps,
  visitId: string,
  party: Principal,
  holder: string = randomUUID(),
) {
  const { token } = await linkOf(deps, visitId, party);
  return joinBy(deps, { visitId, party, token, holder });
}

/** Somebody who was asked to the visit and joins by the link they were sent. */
export async function joinAsGuest(deps: TestDeps, visitId: string, role: GuestRole, name = "Maria") {
  const invited = granted(await inviteGuest(deps, { actor: scheduler, visitId, role, name }));
  const { token } = invited.link;
  const joined = await joinBy(deps, { visitId, party: role, token, holder: randomUUID() });
  return { ...joined, guestId: invited.guestId, link: invited.link };
}

async function joinBy(
  deps: TestDeps,
  { visitId, party, token, holder }: { visitId: string; party: Party; token: string; holder: string },
) {
  const started = granted(await startVisit(deps, { visitId, token, holder, origin }));
  const actor = { kind: "link", voucherId: started.seatId, visitId, party, origin } as const;
  return { token, holder, started, actor, again: () => startVisit(deps, { visitId, token, holder, origin }) };
}

/** The value of a result that must be one; its refusal is the test's failure. */
export function granted<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
export function refusalOf(result: { ok: boolean; error?: { code: string } }): string | null {
  return result.error?.code ?? null;
}
export const codeIn = (url: string) => url.slice(url.lastIndexOf("/") + 1);

export async function visitRow(db: Db, visitId: string) {
  const [row] = await db.asActor(system, (tx) =>
    tx.select().from(videoVisits).where(eq(videoVisits.id, visitId)),
  );
  if (!row) throw new Error("no such visit");
  return row;
}

/** What the audit says of a visit, oldest first. */
export async function eventsOf(db: Db, visitId: string): Promise<string[]> {
  const auditor = person(randomUUID(), "auditor");
  const rows = await db.asActor(auditor, (tx) =>
    tx
      .select({ event: auditLog.eventType })
      .from(auditLog)
      .where(eq(auditLog.visitId, visitId))
      .orderBy(asc(auditLog.seq)),
  );
  return rows.map(({ event }) => event);
}

/** The visits (on another channel: rooms) whose pages are told to look again while `run` runs; its own last word ends the listening. */
export async function toldDuring(
  { db }: Pick<TestDeps, "db">,
  run: () => Promise<unknown>,
  channel: string = visitChangedChannel,
): Promise<string[]> {
  const told: string[] = [];
  const over = crypto.randomUUID();
  let ended = () => {};
  const heardAll = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const stop = await db.listen(channel, (id) => (id === over ? ended() : told.push(id)));
  await run();
  await db.asActor(scheduler, (tx) => tx.execute(sql`SELECT pg_notify(${channel}, ${over})`));
  await heardAll;
  await stop();
  return told;
}
