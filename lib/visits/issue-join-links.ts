import type { Actor } from "@/lib/kernel/actor";
import type { Principal } from "@/lib/kernel/party";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { JoinLinks } from "./answers";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { issueLink } from "./link-codes";
import { mayManage } from "./permit";
import { closedRefusal, type LinksRefusal } from "./refusals";
import { statusOf } from "./status";
import { linkExpiry } from "./window";

export type IssueJoinLinksInput = {
  actor: Actor;
  visitId: string;
  roles: readonly Principal[];
  /** Minutes from now. Not given: until the visit's window closes. */
  ttlMinutes?: number;
};

/**
 * Makes a join link for each of `roles`, and revokes each one's older, unused link.
 * @returns the token and the short link: credentials, shown to this caller and never again.
 * @see seed 4, "Generate Join Links".
 */
export async function issueJoinLinks(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "env">,
  { actor, visitId, roles, ttlMinutes }: IssueJoinLinksInput,
): Promise<Result<JoinLinks, LinksRefusal>> {
  return deps.db.asActor(actor, async (tx): Promise<Result<JoinLinks, LinksRefusal>> => {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    const { visit } = found;
    if (!mayManage(actor, visit)) return err({ code: "FORBIDDEN" });
    const closed = closedRefusal(statusOf(visit), visit);
    if (closed) return err(closed);
    const expiry = linkExpiry(visit, deps.clock.now(), ttlMinutes);
    if (!expiry) return err({ code: "VISIT_WINDOW_CLOSED" });

    const links: JoinLinks = { warnings: expiry.warnings };
    for (const party of new Set(roles))
      links[party] = await issueLink(deps, tx, {
        visit,
        party,
        expiresAt: expiry.expiresAt,
        reason: "reissued",
        actor,
      });
    return ok(links);
  });
}
