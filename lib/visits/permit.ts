import { type Actor, runsTheBook } from "@/lib/kernel/actor";
import type { VisitRow } from "./find-visit";

/** Who runs the book, or is the clinician of this visit. */
export function mayManage(actor: Actor, visit: Pick<VisitRow, "clinicianId">): boolean {
  return (
    runsTheBook(actor) ||
    (actor.kind === "person" && actor.role === "clinician" && actor.id === visit.clinicianId)
  );
}

/** Lets parties in and takes them out: the visit's clinician, signed in or by link, and who runs the book. */
export function mayHostParty(actor: Actor, visit: Pick<VisitRow, "id" | "clinicianId">): boolean {
  if (actor.kind === "link") return actor.party === "clinician" && actor.visitId === visit.id;
  return mayManage(actor, visit);
}
