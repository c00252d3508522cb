import { and, desc, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { outbox } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { connectedOf } from "./connected";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { mayManage } from "./permit";
import { closedRefusal, type Forbidden, type VisitClosed, type VisitUnknown } from "./refusals";
import { seatsOf } from "./seat";
import { linkToSend } from "./send-links";
import { statusOf } from "./status";
import { tellParty } from "./tell-party";

const everyMs = 3 * 60_000;
/** What comes later than this tells of a wait that is over. */
const usefulMs = 20 * 60_000;

type RemindRefusal =
  | VisitUnknown
  | Forbidden
  | VisitClosed
  | { code: "NOBODY_WAITS" }
  | { code: "VISIT_WINDOW_CLOSED" }
  | { code: "REMINDED_ALREADY"; retryAfterSeconds: number };

/**
 * Tells the clinician, at the contact of their own that is on file, that the patient is there and they are not, with their link. Once in three
 * minutes for each visit.
 * @returns `sent` false: the clinician is there, so there is nothing to say.
 */
export async function remindClinician(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "env">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<Result<{ visitId: string; sent: boolean }, RemindRefusal>> {
  return deps.db.asActor(
    actor,
    async (tx): Promise<Result<{ visitId: string; sent: boolean }, RemindRefusal>> => {
      const found = await findVisit(tx, visitId, { lock: true }); // also orders rivals for the limit below
      if (!found) return err({ code: "VISIT_UNKNOWN" });
      const { visit } = found;
      if (!mayManage(actor, visit)) return err({ code: "FORBIDDEN" });
      const closed = closedRefusal(statusOf(visit), visit);
      if (closed) return err(closed);
      const now = deps.clock.now();
      const connected = connectedOf(await seatsOf(tx, visitId), now);
      if (connected?.clinician.here) return ok({ visitId, sent: false });
      if (!connected?.patient.here) return err({ code: "NOBODY_WAITS" });
      const retryAfterSeconds = await wait(tx, visitId, now);
      if (retryAfterSeconds > 0) return err({ code: "REMINDED_ALREADY", retryAfterSeconds });
      const link = await linkToSend(deps, tx, { visit, whose: { party: "clinician" }, actor });
      if (!link) return err({ code: "VISIT_WINDOW_CLOSED" });
      await tellParty(deps, tx, found, {
        party: "clinician",
        template: "patient-waits",
        channel: "both",
        link,
        uselessAt: new Date(now.getTime() + usefulMs),
        actor,
      });
      await recordAudit(tx, { event: "CLINICIAN_REMINDED", actor, visitId, tokenId: link.tokenId });
      return ok({ visitId, sent: true });
    },
  );
}

/** Seconds until they may be reminded again; 0: now. */
async function wait(tx: Tx, visitId: string, now: Date): Promise<number> {
  const [last] = await tx
    .select({ at: outbox.createdAt })
    .from(outbox)
    .where(and(eq(outbox.visitId, visitId), eq(outbox.template, "patient-waits"), isNull(outbox.failedAt)))
    .orderBy(desc(outbox.createdAt))
    .limit(1);
  return last ? Math.max(0, Math.ceil((last.at.getTime() + everyMs - now.getTime()) / 1000)) : 0;
}
