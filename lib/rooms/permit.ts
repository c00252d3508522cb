import type { Actor } from "@/lib/kernel/actor";
import type { RoomRow } from "./room";

/** Whoever may give somebody a private call: clinicians, schedulers, admins, and a key made for rooms. */
export function mayMakeRooms(actor: Actor): boolean {
  if (actor.kind === "system") return true;
  if (actor.kind === "api-key") return actor.scopes.some((scope) => scope === "rooms" || scope === "admin");
  return actor.kind === "person" && ["clinician", "scheduler", "admin"].includes(actor.role);
}

/** The room as a whole: its links, its time. A clinician's are those that they made; row-level security says so too. */
export function mayManageRoom(actor: Actor, room: Pick<RoomRow, "createdBy">): boolean {
  if (!mayMakeRooms(actor)) return false;
  return actor.kind !== "person" || actor.role !== "clinician" || actor.id === room.createdBy;
}

/** Lets in, takes out, locks, ends: the host inside, and whoever manages the room. */
export function mayHost(actor: Actor, room: Pick<RoomRow, "id" | "createdBy">): boolean {
  if (actor.kind === "room-invite") return actor.role === "host" && actor.roomId === room.id;
  return mayManageRoom(actor, room);
}

/** Who made something, as its row has it. */
export function makerId(actor: Actor): string {
  if (actor.kind === "person" || actor.kind === "api-key") return actor.id;
  if (actor.kind === "room-invite") return actor.inviteId;
  return "00000000-0000-0000-0000-000000000000";
}
