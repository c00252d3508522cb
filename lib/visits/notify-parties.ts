import type { Actor } from "@/lib/kernel/actor";
import type { Principal } from "@/lib/kernel/party";
import { err, type Result } from "@/lib/kernel/result";
import type { Channel, NotifyAnswer } from "./answers";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { mayManage } from "./permit";
import { closedRefusal, type NotifyRefusal } from "./refusals";
import { sendLinks } from "./send-links";
import { statusOf } from "./status";

export type NotifyPartiesInput = {
  actor: Actor;
  visitId: string;
  /** Not given: the visit's own. Guests are told by every way that there is for them. */
  channel?: Channel;
  /** `both`: and with them everybody who is invited. */
  recipientRole?: Principal | "both";
  /** What is said around the link; `initial` where not given. */
  template?: "initial" | "reminder";
};

/**
 * Sends each party their link: the one that was issued last, if it still opens, else a new one. Repeating it is a reminder with
 * the same link.
 * @see seed 4, "Send Notifications".
 */
export async function notifyParties(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "env">,
  { actor, visitId, channel, recipientRole = "patient", template = "initial" }: NotifyPartiesInput,
): Promise<Result<NotifyAnswer, NotifyRefusal>> {
  return deps.db.asActor(actor, async (tx): Promise<Result<NotifyAnswer, NotifyRefusal>> => {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    if (!mayManage(actor, found.visit)) return err({ code: "FORBIDDEN" });
    const closed = closedRefusal(statusOf(found.visit), found.visit);
    if (closed) return err(closed);
    return sendLinks(deps, tx, found, {
      actor,
      parties: recipientRole === "both" ? ["patient", "clinician"] : [recipientRole],
      guests: recipientRole === "both",
      channel: channel ?? found.visit.channel,
      template,
    });
  });
}
