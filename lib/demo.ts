import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { apiKeys, customers, hostSites, staff, videoVisits } from "@/db/schema";
import { seedDemo } from "@/db/seed";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { Identity } from "@/lib/ports/identity";
import { cancelVisit } from "@/lib/visits/cancel-visit";
import type { VisitDeps } from "@/lib/visits/deps";
import { issueJoinLinks } from "@/lib/visits/issue-join-links";
import { notifyParties } from "@/lib/visits/notify-parties";
import { rescheduleVisit } from "@/lib/visits/reschedule-visit";
import { scheduleVisit } from "@/lib/visits/schedule-visit";
import { statusOf } from "@/lib/visits/status";

export const demoAccounts = [
  { email: "admin@vouchsafe.test", groups: ["admin"] },
  { email: "scheduler@vouchsafe.test", groups: ["scheduler"] },
  { email: "jane@vouchsafe.test", groups: ["clinician"] },
  { email: "agent@vouchsafe.test", groups: ["agent"] },
  { email: "auditor@vouchsafe.test", groups: ["auditor"] },
  { email: "customer@vouchsafe.test", groups: ["customer"] },
] as const;
export type DemoEmail = (typeof demoAccounts)[number]["email"];
/** Random for each data folder, and kept there: `passwords` by mail address. */
export type DemoSecrets = { passwords: Record<DemoEmail, string>; adminKey: string; siteKey: string };
/** A site of somebody else's on the laptop cloud's address, and who is signed in there. */
export const demoSite = {
  siteId: "eeeeeeee-0000-4000-8000-000000000001",
  customer: { number: "12345", name: "John Carter" },
};
export type Demo = {
  patientLink: string;
  clinicianLink: string;
  accounts: { email: string; password: string; groups: readonly string[] }[];
  adminKey: string;
};

type DemoDeps = VisitDeps & { identity: Pick<Identity, "ensureUser"> };

const seed: Actor = { kind: "system", name: "seed" };
const walter = "aaaaaaaa-0000-4000-8000-000000000001";
const drJane = "bbbbbbbb-0000-4000-8000-000000000001";
/** Whose account is `customer@vouchsafe.test`, and who sees him. */
const john = "aaaaaaaa-0000-4000-8000-000000000005";
const drAmara = "bbbbbbbb-0000-4000-8000-000000000003";
/** The demo's links live for as long as somebody may look at a printed table. Minutes. */
const linkMinutes = 240;
const durationMinutes = 30;

/**
 * People, accounts and a key once; a fresh visit at every start. Safe to run again and again. Touches no visit that a person made, and
 * leaves one that somebody is in alone.
 */
export async function prepareDemo(deps: DemoDeps, secrets: DemoSecrets): Promise<Demo> {
  if (deps.env.CLOUD !== "local") throw new Error("The demo's people and passwords are for CLOUD=local only");
  await deps.db.asActor(seed, (tx) => seedDemo(tx));
  const [links, accounts] = await Promise.all([
    freshVisit(deps),
    ensureAccounts(deps, secrets),
    ensureKey(deps, { name: "Demo", secret: secrets.adminKey, scopes: ["admin"] }),
    ensureKey(deps, { name: "Demo site", secret: secrets.siteKey, scopes: ["handovers"] }),
    ensureSite(deps),
  ]);
  await visitsOfTheirOwn(deps);
  return { ...links, accounts, adminKey: secrets.adminKey };
}

/** One after the other: six passwords hashed at once take a busy laptop longer than one call is waited for. */
async function ensureAccounts(deps: DemoDeps, { passwords }: DemoSecrets): Promise<Demo["accounts"]> {
  const accounts: Demo["accounts"] = [];
  for (const { email, groups } of demoAccounts) {
    const password = passwords[email];
    const sub = await ensureSub(deps, { email, password, groups });
    await deps.db.asActor(seed, async (tx) => {
      await tx.update(staff).set({ sub }).where(eq(staff.email, email));
      await tx.update(customers).set({ sub }).where(eq(customers.email, email));
    });
    accounts.push({ email, password, groups });
  }
  return accounts;
}

/** Being away is waited out, `tries` times: whoever starts the program looks at nothing else. */
async function ensureSub(
  deps: Pick<DemoDeps, "identity">,
  account: Parameters<Identity["ensureUser"]>[0],
  tries = 5,
): Promise<string> {
  const user = await deps.identity.ensureUser(account);
  if (user.ok) return user.value.sub;
  const { error } = user;
  if (error.code !== "IDENTITY_UNAVAILABLE" || tries <= 1)
    throw new Error(`The account ${account.email} could not be made: ${error.code}`);
  await delay(error.retryAfterMs);
  return ensureSub(deps, account, tries - 1);
}

async function ensureKey(
  { db, keyring }: DemoDeps,
  { name, secret, scopes }: { name: string; secret: string; scopes: string[] },
): Promise<void> {
  await db.asActor(seed, async (tx) => {
    const [known] = await tx
      .select({ id: apiKeys.id })
      .from(apiKeys)
      .where(inArray(apiKeys.keyHash, keyring.hashes("api-key", secret)));
    if (known) return;
    const id = randomUUID();
    await tx.insert(apiKeys).values({ id, name, keyHash: keyring.hash("api-key", secret), scopes });
    await recordAudit(tx, {
      event: "API_KEY_CREATED",
      actor: seed,
      metadata: { keyId: id, name, scopes },
    });
  });
}

/** Where this copy's laptop cloud is; a port may be another at each start. Whoever suspends it finds it suspended. */
async function ensureSite({ db, env, clock }: DemoDeps): Promise<void> {
  if (!env.AWS_ENDPOINT_URL) return;
  const { port } = new URL(env.AWS_ENDPOINT_URL);
  const origins = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  await db.asActor(seed, async (tx) => {
    const [known] = await tx
      .select({ origins: hostSites.origins })
      .from(hostSites)
      .where(eq(hostSites.id, demoSite.siteId));
    if (known?.origins.join() === origins.join()) return;
    const { siteId } = demoSite;
    const name = "First Bank of Nowhere";
    await tx
      .insert(hostSites)
      .values({ id: siteId, name, origins, createdAt: clock.now() })
      .onConflictDoUpdate({ target: hostSites.id, set: { origins } });
    await recordAudit(tx, {
      event: known ? "SITE_CHANGED" : "SITE_REGISTERED",
      actor: seed,
      metadata: { siteId, name, origins },
    });
  });
}

async function freshVisit(deps: DemoDeps): Promise<Pick<Demo, "patientLink" | "clinicianLink">> {
  let scheduledAt = await clearTime(deps);
  for (;;) {
    const made = await scheduleVisit(deps, {
      actor: seed,
      patientId: walter,
      clinicianId: drJane,
      scheduledAt,
      duration: durationMinutes,
      visitType: "demo",
      channel: "both",
    });
    if (made.ok) return linksOf(deps, made.value.visitId);
    if (made.error.code !== "SLOT_TAKEN")
      throw new Error(`The demo visit could not be made: ${made.error.code}`);
    // A visit that a person made stands there: it stays, and ours comes after it.
    scheduledAt = new Date(scheduledAt.getTime() + 5 * 60_000);
  }
}

async function linksOf(
  deps: DemoDeps,
  visitId: string,
): Promise<Pick<Demo, "patientLink" | "clinicianLink">> {
  const roles = ["patient", "clinician"] as const;
  const links = await issueJoinLinks(deps, { actor: seed, visitId, roles, ttlMinutes: linkMinutes });
  if (!links.ok) throw new Error(`The demo's links could not be made: ${links.error.code}`);
  const { patient, clinician } = links.value;
  if (!patient || !clinician) throw new Error("The demo's links could not be made");
  return { patientLink: patient.link, clinicianLink: clinician.link };
}

/** Makes room among our own earlier demo visits. @returns when the new one begins: in five minutes, or as soon after as there is room. */
async function clearTime(deps: DemoDeps): Promise<Date> {
  const soon = Math.ceil((deps.clock.now().getTime() + 5 * 60_000) / 60_000) * 60_000;
  const before = await deps.db.asActor(seed, (tx) =>
    tx
      .select()
      .from(videoVisits)
      .where(
        and(
          eq(videoVisits.clinicianId, drJane),
          eq(videoVisits.createdBy, "seed"),
          isNull(videoVisits.cancelledAt),
          gt(sql`upper(${videoVisits.during})`, new Date(soon).toISOString()),
        ),
      )
      .orderBy(asc(videoVisits.scheduledAt)),
  );
  let beginsAt = soon;
  for (const visit of before) {
    const status = statusOf(visit);
    if (status === "SCHEDULED") await cancelVisit(deps, { actor: seed, visitId: visit.id });
    else beginsAt = Math.max(beginsAt, visit.scheduledAt.getTime() + 60_000);
  }
  // What somebody is in, or has been in, keeps its minutes until ours begins.
  await deps.db.asActor(seed, async (tx) => {
    for (const visit of before) {
      if (statusOf(visit) === "SCHEDULED") continue;
      const minutes = Math.max(1, Math.floor((beginsAt - visit.scheduledAt.getTime()) / 60_000));
      if (minutes < visit.durationMinutes)
        await tx.update(videoVisits).set({ durationMinutes: minutes }).where(eq(videoVisits.id, visit.id));
    }
  });
  return new Date(beginsAt);
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** What the patient's own page shows of the past: days ago, and for how many minutes; null: nobody came. */
const past = [
  { days: 9, minutes: 24 },
  { days: 37, minutes: null },
  { days: 65, minutes: 31 },
];

/** For the patient's own page: a visit whose door is open, one in three days, and some that are over. The past is made once. */
async function visitsOfTheirOwn(deps: DemoDeps): Promise<void> {
  const now = deps.clock.now().getTime();
  const known = await deps.db.asActor(seed, (tx) =>
    tx
      .select()
      .from(videoVisits)
      .where(and(eq(videoVisits.patientId, john), eq(videoVisits.createdBy, "seed")))
      .orderBy(asc(videoVisits.scheduledAt)),
  );
  if (known.length === 0)
    await deps.db.asActor(seed, (tx) => tx.insert(videoVisits).values(past.map(passed)));
  const open = known.filter((visit) => statusOf(visit) === "SCHEDULED");
  const later = open.filter(({ scheduledAt }) => scheduledAt.getTime() > now + dayMs).at(-1);
  const [soon, ...rest] = open.filter((visit) => visit !== later);
  for (const { id } of rest) await cancelVisit(deps, { actor: seed, visitId: id });
  await place(deps, now + 40 * minuteMs, soon?.id);
  if (!later) await place(deps, now + 3 * dayMs);

  function passed({ days, minutes }: (typeof past)[number]): typeof videoVisits.$inferInsert {
    const scheduledAt = new Date(now - days * dayMs);
    const came = minutes !== null && {
      startedAt: scheduledAt,
      endedAt: new Date(scheduledAt.getTime() + minutes * minuteMs),
      endReason: "clinician",
    };
    return {
      id: randomUUID(),
      patientId: john,
      clinicianId: drAmara,
      scheduledAt,
      durationMinutes,
      visitType: "follow-up",
      channel: "both",
      route: "meeting",
      createdBy: "seed",
      ...(came || { noShowAt: new Date(scheduledAt.getTime() + durationMinutes * minuteMs) }),
    };
  }
}

/** Books John with Dr. Amara then, or moves the visit that he has there; or as soon after as she has time. */
async function place(deps: DemoDeps, at: number, visitId?: string): Promise<void> {
  for (let scheduledAt = new Date(Math.ceil(at / minuteMs) * minuteMs); ; ) {
    const done = visitId
      ? await rescheduleVisit(deps, { actor: seed, visitId, scheduledAt })
      : await scheduleVisit(deps, {
          actor: seed,
          patientId: john,
          clinicianId: drAmara,
          scheduledAt,
          duration: durationMinutes,
          visitType: "follow-up",
          channel: "both",
        });
    if (done.ok) {
      // One that was told of, so that there is something to read of what was sent.
      if (!visitId) await notifyParties(deps, { actor: seed, visitId: done.value.visitId });
      return;
    }
    if (done.error.code !== "SLOT_TAKEN")
      throw new Error(`A demo visit of the patient's own page could not be made: ${done.error.code}`);
    scheduledAt = new Date(scheduledAt.getTime() + 5 * minuteMs);
  }
}
