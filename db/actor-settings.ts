import type { Actor } from "@/lib/kernel/actor";

/** What row-level security sees. Empty strings mean "nobody", and match no row. */
export type ActorSettings = { userId: string; patientId: string; role: string; link: string };

/**
 * `rls.role` is one of customer, clinician, agent, scheduler, admin, auditor (a person), `api-key`, `link`, `room-invite`, `system`, or empty.
 * A customer's person id is also their patient id. An API key's reach is narrowed by its scopes at the door; to rows it is like a scheduler.
 */
export function settingsOf(actor: Actor): ActorSettings {
  const nobody = { userId: "", patientId: "", role: "", link: "" };
  switch (actor.kind) {
    case "person":
      return actor.role === "customer"
        ? { ...nobody, role: "customer", userId: actor.id, patientId: actor.id }
        : { ...nobody, role: actor.role, userId: actor.id };
    case "api-key":
      return { ...nobody, role: "api-key" };
    case "link":
      return { ...nobody, role: "link", link: actor.voucherId };
    case "room-invite":
      return { ...nobody, role: "room-invite", link: actor.inviteId };
    case "system":
      return { ...nobody, role: "system" };
    case "anonymous":
      return nobody;
  }
}
