import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { staffLicences, visitArrivals } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { isLicensed } from "@/lib/clinicians/licence";
import { type Actor, clerk, type Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type Guarded, guardGuess, noteMiss } from "@/lib/limits/guess-limits";
import { inspectCode, inspectToken } from "@/lib/vouchers/inspect";
import { type ArrivalDetails, sealArrival } from "./arrival";
import { tellChanged } from "./changed";
import { closedBehind } from "./closed-behind";
import { consentVersion } from "./consent";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { type ArrivalRefusal, closedRefusal } from "./refusals";
import { statusOf } from "./status";

export type ConfirmArrivalInput = {
  /** The link, proved and not spent. */
  proof: { code: string } | { token: string };
  /** The browser's cookie value; "" for one that keeps none. */
  holder: string;
  origin: Origin;
  /** The version that was shown and agreed to, and in which language. */
  consent: { version: string; language: string };
  details: ArrivalDetails;
};

/**
 * What a patient says at the door: where they are now, how to reach them, and that they agree to a visit by video. Spends nothing.
 * The licence to treat follows the place: where the clinician holds none, this is recorded, staff see it, and the visit cannot start.
 */
export async function confirmArrival(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "cipher"> & Guarded,
  { proof, holder, origin, consent, details }: ConfirmArrivalInput,
): Promise<Result<{ visitId: string; at: string }, ArrivalRefusal>> {
  const hint = "code" in proof ? proof.code : "";
  const limited = await guardGuess(deps, origin, hint);
  if (limited) return err(limited);
  const now = deps.clock.now();
  const seen =
    "code" in proof
      ? await inspectCode(deps, proof.code, now, holder)
      : await inspectToken(deps, proof.token, now, holder);
  if (!seen.ok) {
    await noteMiss(deps, origin, hint, seen.error.code);
    return err((await closedBehind(deps, seen.error, origin)) ?? { code: seen.error.code });
  }
  const { id: voucherId, visitId, party } = seen.value;
  if (party !== "patient") return err({ code: "PATIENTS_ONLY" });
  if (consent.version !== consentVersion) return err({ code: "CONSENT_OUTDATED", version: consentVersion });

  const arrivalId = randomUUID();
  const sealed = await sealArrival(deps, arrivalId, details); // before the transaction: no row waits for the vault
  const actor: Actor = { kind: "link", voucherId, visitId, party, origin };
  return deps.db.asActor(
    clerk,
    async (tx): Promise<Result<{ visitId: string; at: string }, ArrivalRefusal>> => {
      const found = await findVisit(tx, visitId);
      if (!found) return err({ code: "TOKEN_INVALID" });
      const closed = closedRefusal(statusOf(found.visit), found.visit);
      if (closed) return err(closed);
      if (!details.callBack && !found.patient.phone) return err({ code: "NUMBER_NEEDED" });
      const licences = await tx
        .select()
        .from(staffLicences)
        .where(eq(staffLicences.staffId, found.visit.clinicianId));
      const licensed = isLicensed(licences, details.state, now, found.patient.timeZone);
      await tx.insert(visitArrivals).values({
        id: arrivalId,
        visitId,
        voucherId,
        holderHash: holder ? deps.keyring.hash("holder", holder) : null,
        details: sealed,
        consentVersion: consent.version,
        consentLanguage: consent.language,
        licensed,
        createdAt: now,
      });
      // Neither place nor number: those are sealed, and looks at them are recorded apart.
      await recordAudit(tx, { event: "CONSENT_GIVEN", actor, metadata: consent });
      await recordAudit(tx, {
        event: licensed ? "PLACE_CONFIRMED" : "PLACE_NOT_LICENSED",
        actor,
        success: licensed,
        ...(!licensed && { errorCode: "NOT_LICENSED_THERE" }),
      });
      await tellChanged(tx, visitId);
      return licensed ? ok({ visitId, at: now.toISOString() }) : err({ code: "NOT_LICENSED_THERE" });
    },
  );
}
