import type { Db } from "@/db/as-actor";
import type { Actor } from "@/lib/kernel/actor";
import { runsTheBook } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { resendLink } from "@/lib/visits/resend-link";
import { oldLinksOf } from "./old-links";
import { type Forbidden, findPatient, type PatientUnknown } from "./patient";

type Deps = Parameters<typeof resendLink>[0] & { db: Db };
type ResendRefusal = Extract<Awaited<ReturnType<typeof resendLink>>, { ok: false }>["error"];

/**
 * In place of each link that went to a contact no longer on file, a new one to the contact that is; the old one then opens nothing.
 * @returns how many went, and why the others did not: each stands for itself.
 */
export async function sendAnew(
  deps: Deps,
  { actor, patientId }: { actor: Actor; patientId: string },
): Promise<Result<{ sent: number; refused: ResendRefusal[] }, Forbidden | PatientUnknown>> {
  if (!runsTheBook(actor)) return err({ code: "FORBIDDEN" });
  const links = await deps.db.asActor(actor, async (tx) => {
    const row = await findPatient(tx, patientId);
    return row && oldLinksOf(tx, row, deps.clock.now());
  });
  if (!links) return err({ code: "PATIENT_UNKNOWN" });
  const refused: ResendRefusal[] = [];
  for (const { visitId } of links) {
    const done = await resendLink(deps, { actor, visitId, role: "patient" });
    if (!done.ok) refused.push(done.error);
  }
  return ok({ sent: links.length - refused.length, refused });
}
