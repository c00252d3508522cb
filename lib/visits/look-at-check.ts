import { clerk, type Origin } from "@/lib/kernel/actor";
import { type Guarded, guardGuess, noteMiss } from "@/lib/limits/guess-limits";
import { clinicOf } from "@/lib/notifications/clinic";
import { principalOf } from "./addressee";
import type { CheckDoor, Clinic } from "./answers";
import type { Need } from "./deps";
import { findCheck } from "./device-check";
import { doorVisit } from "./look-at-door";
import { statusOf } from "./status";

/** What a person who opens `/c/:code` finds. Spends nothing and records nothing; only a code that nobody made counts as a guess. */
export async function lookAtCheck(
  deps: Need<"db" | "clock" | "keyring" | "env"> & Guarded,
  { code, origin }: { code: string; origin: Origin },
): Promise<CheckDoor> {
  const { name, phone } = await clinicOf(deps);
  const clinic: Clinic = { name, phone };
  const limited = await guardGuess(deps, origin, code);
  if (limited) return { kind: "limited", retryAfterSeconds: limited.retryAfterSeconds, clinic };
  const seen = await deps.db.asActor(clerk, (tx) => findCheck(deps, tx, code));
  if (seen === "unknown") await noteMiss(deps, origin, code, "CODE_UNKNOWN");
  if (seen === "unknown" || seen === "over") return { kind: "closed", clinic };
  const { found } = seen;
  return {
    kind: "open",
    visit: doorVisit(found, principalOf(found, "patient"), statusOf(found.visit)),
    clinic,
  };
}
