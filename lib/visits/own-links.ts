import { and, asc, eq, gt } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { vouchers } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { err, ok, type Result } from "@/lib/kernel/result";
import { waitOf } from "@/lib/kernel/wait-of";
import type { Need } from "./deps";
import { checkLinksSince, issueCheckLink, isToCome } from "./device-check";
import { issueLink, liveLink } from "./link-codes";
import { doorRefusal, forOwnVisit, type Patient } from "./own-visit";
import type { VisitClosed, VisitUnknown } from "./refusals";
import { windowEndsAt } from "./window";

type Asked = { patient: Patient; visitId: string };
/** 429: enough were made for this visit within the hour. 409 `DOOR_NOT_OPEN`: too early; it says from when on. */
type Limited = { code: "LINKS_LIMITED"; retryAfterSeconds: number };
export type OwnLinkRefusal =
  | VisitUnknown
  | VisitClosed
  | Limited
  | { code: "VISIT_WINDOW_CLOSED" }
  | { code: "DOOR_NOT_OPEN"; opensAt: string };

const hourMs = 3_600_000;
const linksAnHour = { allowed: 10, perMs: hourMs };
const checksAnHour = { allowed: 5, perMs: hourMs };

/**
 * The way in for a patient who is signed in: a join link of theirs, to be followed at once. The one that they took before serves until somebody
 * has spent it; a new one revokes the older, unused ones (the text's among them), as each new link does.
 *
 * @returns the link's address, a credential.
 */
export async function takeOwnLink(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "env">,
  asked: Asked,
): Promise<Result<{ url: string }, OwnLinkRefusal>> {
  return forOwnVisit(deps, asked, async (tx, { visit }): Promise<Result<{ url: string }, OwnLinkRefusal>> => {
    const { patient } = asked;
    const now = deps.clock.now();
    const shut = doorRefusal(visit, now);
    if (shut) return err(shut);
    const taken = await linksTaken(tx, asked, new Date(now.getTime() - hourMs));
    const live = await liveLink(deps, tx, visit.id, { party: "patient" });
    if (live && taken.some(({ id }) => id === live.tokenId)) return ok({ url: live.url });
    const retryAfterSeconds = waitOf(
      taken.map(({ at }) => at),
      linksAnHour,
      now,
    );
    if (retryAfterSeconds > 0) return err({ code: "LINKS_LIMITED", retryAfterSeconds });
    const issued = await issueLink(deps, tx, {
      visit,
      party: "patient",
      expiresAt: windowEndsAt(visit),
      reason: "reissued",
      actor: patient,
    });
    await recordAudit(tx, {
      event: "OWN_LINK_TAKEN",
      actor: patient,
      visitId: visit.id,
      tokenId: issued.tokenId,
    });
    return ok({ url: issued.link });
  });
}

/** The links that the patient took themselves. */
async function linksTaken(
  tx: Tx,
  { patient, visitId }: Asked,
  since: Date,
): Promise<{ id: string; at: Date }[]> {
  return tx
    .select({ id: vouchers.id, at: vouchers.issuedAt })
    .from(vouchers)
    .where(
      and(eq(vouchers.visitId, visitId), eq(vouchers.issuedBy, patient.id), gt(vouchers.issuedAt, since)),
    )
    .orderBy(asc(vouchers.issuedAt));
}

/** The way to a device check of a visit to come. @returns its address. */
export async function takeOwnCheck(
  deps: Need<"db" | "clock" | "keyring" | "env">,
  asked: Asked,
): Promise<Result<{ url: string }, Exclude<OwnLinkRefusal, { code: "DOOR_NOT_OPEN" }>>> {
  return forOwnVisit(
    deps,
    asked,
    async (tx, { visit }): Promise<Result<{ url: string }, Limited | { code: "VISIT_WINDOW_CLOSED" }>> => {
      const now = deps.clock.now();
      if (!isToCome(visit, now)) return err({ code: "VISIT_WINDOW_CLOSED" });
      const made = await checkLinksSince(tx, visit.id, new Date(now.getTime() - hourMs));
      const retryAfterSeconds = waitOf(made, checksAnHour, now);
      if (retryAfterSeconds > 0) return err({ code: "LINKS_LIMITED", retryAfterSeconds });
      return ok({ url: await issueCheckLink(deps, tx, { visitId: visit.id, actor: asked.patient }) });
    },
  );
}
