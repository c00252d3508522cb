import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { waitOf } from "@/lib/kernel/wait-of";
import type { Need } from "./deps";
import { checkLinksSince, issueCheckLink, isToCome } from "./device-check";
import { findVisit } from "./find-visit";
import { mayManage } from "./permit";
import { closedRefusal, type NotifyRefusal } from "./refusals";
import { statusOf } from "./status";
import { canReach, type Receipts, tellParty } from "./tell-party";

/** Three an hour for each visit, the reminder's own included. */
const allowance = { allowed: 3, perMs: 3_600_000 };

/** Sends the patient a link on which they try camera, microphone, speaker and network; to the contact on file, like every link. */
export async function sendDeviceCheck(
  deps: Need<"db" | "clock" | "keyring" | "env">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<
  Result<{ sent: Receipts }, NotifyRefusal | { code: "RESEND_LIMITED"; retryAfterSeconds: number }>
> {
  return deps.db.asActor(actor, async (tx) => {
    const found = await findVisit(tx, visitId, { lock: true }); // also orders rivals for the limit below
    if (!found) return err({ code: "VISIT_UNKNOWN" } as const);
    const { visit } = found;
    if (!mayManage(actor, visit)) return err({ code: "FORBIDDEN" } as const);
    const closed = closedRefusal(statusOf(visit), visit);
    if (closed) return err(closed);
    const now = deps.clock.now();
    if (!isToCome(visit, now)) return err({ code: "VISIT_WINDOW_CLOSED" } as const);
    const channel = canReach(found, "patient", visit.channel) ? visit.channel : "both";
    if (!canReach(found, "patient", channel)) return err({ code: "NO_CONTACT" } as const);
    const sent = await checkLinksSince(tx, visitId, new Date(now.getTime() - allowance.perMs));
    const retryAfterSeconds = waitOf(sent, allowance, now);
    if (retryAfterSeconds > 0) return err({ code: "RESEND_LIMITED", retryAfterSeconds } as const);
    const check = await issueCheckLink(deps, tx, { visitId, actor });
    return ok({
      sent: await tellParty(deps, tx, found, {
        party: "patient",
        template: "check",
        channel,
        link: null,
        check,
        actor,
      }),
    });
  });
}
