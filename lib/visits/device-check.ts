import { randomUUID } from "node:crypto";
import { and, asc, desc, eq, gt, inArray } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { deviceCheckLinks, deviceChecks } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { type ConnectionFigures, findingsOf } from "@/lib/kernel/connection";
import { newCode, readCode } from "@/lib/vouchers/code";
import type { Need } from "./deps";
import { findVisit, type VisitRow, type VisitWithPeople } from "./find-visit";
import { isOpen, statusOf } from "./status";
import { windowEndsAt } from "./window";

const troubles = ["refused", "none", "in-use", "failed", "untried"] as const;
/** What each device may be found to be; `silent`: it opened, and nothing was heard. The table's own checks say the same. */
export const cameraFindings = ["works", ...troubles] as const;
export const microphoneFindings = ["works", "silent", ...troubles] as const;
export const speakerFindings = ["works", "silent", "untried"] as const;

export type DeviceFindings = {
  camera: (typeof cameraFindings)[number];
  microphone: (typeof microphoneFindings)[number];
  speaker: (typeof speakerFindings)[number];
} & ConnectionFigures;
export type DeviceCheck = DeviceFindings & { at: Date };

type LinkRow = typeof deviceCheckLinks.$inferSelect;

/** A new link to a device check of this visit's patient. The older ones go on: they open nothing either. @returns its address. */
export async function issueCheckLink(
  deps: Need<"clock" | "keyring" | "env">,
  tx: Tx,
  { visitId, actor }: { visitId: string; actor: Actor },
): Promise<string> {
  const code = newCode(deps.env.JOIN_CODE_LENGTH);
  await tx.insert(deviceCheckLinks).values({
    id: randomUUID(),
    visitId,
    codeHash: deps.keyring.hash("device-check-code", code),
    createdAt: deps.clock.now(),
  });
  await recordAudit(tx, { event: "DEVICE_CHECK_SENT", actor, visitId });
  return `${deps.env.VIDEO_JOIN_URL}/c/${code}`;
}

/** Since then, oldest first: for the limit. */
export async function checkLinksSince(tx: Tx, visitId: string, since: Date): Promise<Date[]> {
  const rows = await tx
    .select({ at: deviceCheckLinks.createdAt })
    .from(deviceCheckLinks)
    .where(and(eq(deviceCheckLinks.visitId, visitId), gt(deviceCheckLinks.createdAt, since)))
    .orderBy(asc(deviceCheckLinks.createdAt));
  return rows.map(({ at }) => at);
}

/**
 * The visit that a device check's code is for. `unknown`: no code of ours; `over`: the visit is not to come any more, and nobody outside is told
 * the two apart.
 *
 * @param lock rivals for a limit wait for each other.
 */
export async function findCheck(
  deps: Need<"clock" | "keyring">,
  tx: Tx,
  typed: string,
  { lock = false } = {},
): Promise<{ link: LinkRow; found: VisitWithPeople } | "unknown" | "over"> {
  const hashes = deps.keyring.hashes("device-check-code", readCode(typed) ?? "not a code");
  const [link] = await tx.select().from(deviceCheckLinks).where(inArray(deviceCheckLinks.codeHash, hashes));
  if (!link) return "unknown";
  const found = await findVisit(tx, link.visitId, { lock });
  if (!found) return "unknown";
  return isToCome(found.visit, deps.clock.now()) ? { link, found } : "over";
}

export const isToCome = (visit: VisitRow, now: Date) => isOpen(statusOf(visit)) && windowEndsAt(visit) > now;

/** What came of the newest run; null: none yet, or not for this reader. */
export async function lastCheck(tx: Tx, visitId: string): Promise<DeviceCheck | null> {
  return (await lastChecks(tx, [visitId])).get(visitId) ?? null;
}

/** The same for each of these visits that has one. */
export async function lastChecks(tx: Tx, visitIds: readonly string[]): Promise<Map<string, DeviceCheck>> {
  const rows = await tx
    .selectDistinctOn([deviceChecks.visitId])
    .from(deviceChecks)
    .where(inArray(deviceChecks.visitId, [...visitIds]))
    .orderBy(deviceChecks.visitId, desc(deviceChecks.createdAt), desc(deviceChecks.runId));
  return new Map(
    rows.map((row) => {
      const { linkId: _link, runId: _run, visitId, createdAt: at, ...found } = row;
      const { camera, microphone, speaker } = found as Pick<
        DeviceFindings,
        "camera" | "microphone" | "speaker"
      >;
      return [visitId, { ...found, camera, microphone, speaker, at }];
    }),
  );
}

/** How often a check was run. */
export async function checksOf(tx: Tx, visitId: string): Promise<number> {
  return tx.$count(deviceChecks, eq(deviceChecks.visitId, visitId));
}

/** Nobody need look into it. */
export function isFine(found: DeviceFindings): boolean {
  const { camera, microphone, speaker, network } = found;
  const devices = camera === "works" && microphone === "works" && speaker === "works";
  return devices && network === "good" && findingsOf(found).length === 0;
}
