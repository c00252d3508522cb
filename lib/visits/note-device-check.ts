import { and, asc, eq, gt } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { deviceChecks } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { clerk, type Origin } from "@/lib/kernel/actor";
import { findingsOf } from "@/lib/kernel/connection";
import { err, ok, type Result } from "@/lib/kernel/result";
import { waitOf } from "@/lib/kernel/wait-of";
import { type Guarded, guardGuess, noteMiss } from "@/lib/limits/guess-limits";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import { type DeviceFindings, findCheck } from "./device-check";
import type { CheckRefusal } from "./refusals";

/** Twelve an hour for each visit: more than anybody needs who tries again and again. */
const allowance = { allowed: 12, perMs: 3_600_000 };

export type NoteDeviceCheckInput = {
  code: string;
  /** The page's own name for this run: sent twice, it is recorded once. */
  runId: string;
  findings: DeviceFindings;
  origin: Origin;
};

/**
 * Records what came of a device check, for staff to see before the visit. Whoever holds the link may have run it: it says what a device can do, and
 * proves nobody.
 * @returns whether it is news: false for a run that is recorded already.
 */
export async function noteDeviceCheck(
  deps: Need<"db" | "clock" | "keyring"> & Guarded,
  { code, runId, findings, origin }: NoteDeviceCheckInput,
): Promise<Result<{ recorded: boolean }, CheckRefusal>> {
  const limited = await guardGuess(deps, origin, code);
  if (limited) return err(limited);
  const done = await deps.db.asActor(
    clerk,
    async (tx): Promise<Result<{ recorded: boolean }, CheckRefusal> | "unknown"> => {
      const seen = await findCheck(deps, tx, code, { lock: true });
      if (seen === "unknown") return "unknown";
      if (seen === "over") return err({ code: "CODE_UNKNOWN" });
      const { link } = seen;
      const { visitId } = link;
      const now = deps.clock.now();
      const retryAfterSeconds = await checkWait(tx, visitId, now);
      if (retryAfterSeconds > 0) return err({ code: "CHECKS_LIMITED", retryAfterSeconds });
      const first = await tx
        .insert(deviceChecks)
        .values({ linkId: link.id, runId, visitId, ...findings, createdAt: now })
        .onConflictDoNothing()
        .returning({ runId: deviceChecks.runId });
      if (first.length === 0) return ok({ recorded: false });
      const { camera, microphone, speaker, network, path } = findings;
      await recordAudit(tx, {
        event: "DEVICE_CHECKED",
        actor: { kind: "anonymous", origin },
        visitId,
        metadata: {
          checkId: link.id,
          camera,
          microphone,
          speaker,
          network,
          path,
          found: findingsOf(findings),
        },
      });
      await tellChanged(tx, visitId);
      return ok({ recorded: true });
    },
  );
  if (done !== "unknown") return done;
  await noteMiss(deps, origin, code, "CODE_UNKNOWN");
  return err({ code: "CODE_UNKNOWN" });
}

/** Seconds until another run is recorded; 0: now. */
async function checkWait(tx: Tx, visitId: string, now: Date): Promise<number> {
  const runs = await tx
    .select({ at: deviceChecks.createdAt })
    .from(deviceChecks)
    .where(
      and(
        eq(deviceChecks.visitId, visitId),
        gt(deviceChecks.createdAt, new Date(now.getTime() - allowance.perMs)),
      ),
    )
    .orderBy(asc(deviceChecks.createdAt));
  return waitOf(
    runs.map(({ at }) => at),
    allowance,
    now,
  );
}
