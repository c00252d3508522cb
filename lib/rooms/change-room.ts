import { and, eq, isNull } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import { roomInvites, rooms } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { finishCleanups, noteCleanups } from "@/lib/cleanups/cloud-cleanups";
import { type Actor, clerk } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { RoomRole } from "@/lib/kernel/room-role";
import { enqueueNotice, enqueueOwn, masked } from "@/lib/notifications/enqueue";
import { endRecording } from "@/lib/recordings/end-recording";
import type { RoomLink } from "./answers";
import { tellRoom } from "./changed";
import type { Need } from "./deps";
import { type InviteDeps, issueInvite, liveInvite, revokeInvites } from "./invites";
import { mayHost, mayManageRoom } from "./permit";
import { findRoom, overRefusal, type RoomOver, type RoomRow, type RoomUnknown, roomMinutes } from "./room";
import { emptySeat, seatsOf } from "./seat";

export type RoomRefusal = RoomUnknown | RoomOver | { code: "FORBIDDEN" };
type Asked = { actor: Actor; roomId: string };
type CloudDeps = Need<"db" | "clock" | "meetings" | "contactCentre" | "log">;
type May = (actor: Actor, room: RoomRow) => boolean;

/**
 * The open room that this actor may see and change; then `change` as the server's clerk, for an invite's own rows don't reach the other's link.
 * The room's row is locked, so changes of one room follow one another.
 */
async function changing<T, Extra extends { code: string } = never>(
  { db, clock }: { db: Db } & Need<"clock">,
  { actor, roomId }: Asked,
  may: May,
  change: (tx: Tx, room: RoomRow) => Promise<Result<T, Extra | RoomRefusal>>,
): Promise<Result<T, Extra | RoomRefusal>> {
  const seen = await db.asActor(actor, (tx) => findRoom(tx, roomId));
  if (!seen) return err({ code: "ROOM_UNKNOWN" });
  if (!may(actor, seen)) return err({ code: "FORBIDDEN" });
  return db.asActor(clerk, async (tx): Promise<Result<T, Extra | RoomRefusal>> => {
    const room = await findRoom(tx, roomId, { lock: true });
    if (!room) return err({ code: "ROOM_UNKNOWN" });
    if (!(await sitsInside(tx, actor))) return err({ code: "FORBIDDEN" });
    const over = overRefusal(room, clock.now());
    return over ? err(over) : change(tx, room);
  });
}

/** Someone who was taken out, or whose link was replaced, hosts no more. Staff need no seat. */
async function sitsInside(tx: Tx, actor: Actor): Promise<boolean> {
  if (actor.kind !== "room-invite") return true;
  const [invite] = await tx
    .select({ id: roomInvites.id })
    .from(roomInvites)
    .where(and(eq(roomInvites.id, actor.inviteId), isNull(roomInvites.revokedAt)));
  return invite !== undefined;
}

/** Locked: nobody comes in who has not been in. Those who were may come back. */
export async function lockRoom(
  deps: Need<"db" | "clock">,
  { locked, ...asked }: Asked & { locked: boolean },
): Promise<Result<{ roomId: string; locked: boolean }, RoomRefusal>> {
  return changing(deps, asked, mayHost, async (tx, room) => {
    if ((room.lockedAt !== null) === locked) return ok({ roomId: room.id, locked });
    await tx
      .update(rooms)
      .set({ lockedAt: locked ? deps.clock.now() : null })
      .where(eq(rooms.id, room.id));
    const event = locked ? "ROOM_LOCKED" : "ROOM_UNLOCKED";
    await recordAudit(tx, { event, actor: asked.actor, metadata: { roomId: room.id } });
    await tellRoom(tx, room.id);
    return ok({ roomId: room.id, locked });
  });
}

/** The room and its links stay open longer: at most a day from now. A token that a program was given runs out as it was signed. */
export async function extendRoom(
  deps: Need<"db" | "clock">,
  { minutes, ...asked }: Asked & { minutes: number },
): Promise<Result<{ roomId: string; expiresAt: string }, RoomRefusal>> {
  return changing(deps, asked, mayManageRoom, async (tx, room) => {
    const latest = Math.max(deps.clock.now().getTime(), room.startsAt.getTime()) + roomMinutes.most * 60_000;
    const expiresAt = new Date(Math.min(room.expiresAt.getTime() + minutes * 60_000, latest));
    await tx.update(rooms).set({ expiresAt }).where(eq(rooms.id, room.id));
    await tx
      .update(roomInvites)
      .set({ expiresAt })
      .where(and(eq(roomInvites.roomId, room.id), isNull(roomInvites.revokedAt)));
    const metadata = { roomId: room.id, minutes, expiresAt: expiresAt.toISOString() };
    await recordAudit(tx, { event: "ROOM_EXTENDED", actor: asked.actor, metadata });
    await tellRoom(tx, room.id);
    return ok({ roomId: room.id, expiresAt: expiresAt.toISOString() });
  });
}

/** Ends the room for both, for good. From the commit on nobody comes in, even while the cloud is away; the meeting ends when it is back. */
export async function closeRoom(
  deps: CloudDeps,
  asked: Asked,
): Promise<Result<{ roomId: string }, RoomRefusal>> {
  const closed = await changing(deps, asked, mayHost, async (tx, room) =>
    ok(await close(deps, tx, room, asked.actor, asked.actor.kind === "room-invite" ? "host" : "staff")),
  );
  if (!closed.ok) return closed;
  await finishCleanups(deps, closed.value);
  return ok({ roomId: asked.roomId });
}

/** In the caller's transaction. @returns ids for `finishCleanups`, once committed. */
export async function close(
  deps: Need<"clock">,
  tx: Tx,
  room: RoomRow,
  actor: Actor,
  reason: "host" | "staff" | "expired",
): Promise<string[]> {
  await revokeInvites(deps, tx, { roomId: room.id, reason: "closed", actor });
  await tx
    .update(rooms)
    .set({ closedAt: deps.clock.now(), closeReason: reason })
    .where(eq(rooms.id, room.id));
  const event = reason === "expired" ? "ROOM_EXPIRED" : "ROOM_CLOSED";
  await recordAudit(tx, { event, actor, metadata: { roomId: room.id, by: reason } });
  await endRecording(tx, { call: { roomId: room.id }, reason: "room-closed", actor, now: deps.clock.now() });
  await tellRoom(tx, room.id);
  return room.meetingId
    ? noteCleanups(tx, { roomId: room.id }, [{ kind: "meeting", target: room.meetingId }])
    : [];
}

/** Takes somebody out: their link opens nothing more, and their place in the meeting goes. A new link lets them return. */
export async function removePerson(
  deps: CloudDeps,
  { seatId, ...asked }: Asked & { seatId: string },
): Promise<Result<{ roomId: string; removed: string }, RoomRefusal | { code: "SEAT_UNKNOWN" }>> {
  const { actor, roomId } = asked;
  const done = await changing<string[], { code: "SEAT_UNKNOWN" }>(deps, asked, mayHost, async (tx, room) => {
    const seat = (await seatsOf(tx, room.id)).find(({ inviteId }) => inviteId === seatId);
    if (!seat) return err({ code: "SEAT_UNKNOWN" });
    // The host ends the room, or leaves it; taking oneself out would leave nobody to let others in.
    if (actor.kind === "room-invite" && seat.inviteId === actor.inviteId) return err({ code: "FORBIDDEN" });
    if (seat.removedAt) return ok([]);
    await revokeInvites(deps, tx, { roomId, inviteIds: [seat.inviteId], reason: "removed", actor });
    const now = deps.clock.now();
    const cleanups = await emptySeat(tx, seat, now);
    await endRecording(tx, { call: { roomId }, reason: "left", actor, now });
    const metadata = { roomId, role: seat.role };
    await recordAudit(tx, { event: "PARTY_REMOVED", actor, tokenId: seat.inviteId, metadata });
    await tellRoom(tx, roomId);
    return ok(await noteCleanups(tx, { roomId }, cleanups));
  });
  if (!done.ok) return done;
  await finishCleanups(deps, done.value);
  return ok({ roomId, removed: seatId });
}

/** A new link for one role. The old one opens nothing more, and whoever came by it is out: the room has one place for each. */
export async function renewLink(
  deps: InviteDeps & CloudDeps,
  { role, ...asked }: Asked & { role: RoomRole },
): Promise<Result<RoomLink & { role: RoomRole }, RoomRefusal>> {
  const { actor, roomId } = asked;
  const done = await changing(deps, asked, mayManageRoom, async (tx, room) => {
    const now = deps.clock.now();
    const revoked = await revokeInvites(deps, tx, { roomId, role, reason: "replaced", actor });
    const seats = await seatsOf(tx, roomId);
    const left = seats.filter((seat) => revoked.some(({ inviteId }) => inviteId === seat.inviteId));
    const cleanups = [];
    for (const seat of left) cleanups.push(...(await emptySeat(tx, seat, now)));
    if (left.length > 0) await endRecording(tx, { call: { roomId }, reason: "left", actor, now });
    const link = await issueInvite(deps, tx, { roomId, role, expiresAt: room.expiresAt, actor });
    await tellRoom(tx, roomId);
    return ok({ link, ids: await noteCleanups(tx, { roomId }, cleanups) });
  });
  if (!done.ok) return done;
  await finishCleanups(deps, done.value.ids);
  return ok({ role, ...done.value.link });
}

/** How often a room's links may be sent: enough for a slip of the pen, too few to pester anybody. */
const messagesAtMost = 10;

export type SendRefusal = RoomRefusal | { code: "LINK_CLOSED" } | { code: "ROOM_MESSAGES_ENOUGH" };

/**
 * Sends a role's link by text or mail, to whom the caller says. The message names nobody and no room. A number that wants no texts gets none.
 * @returns the address, masked.
 */
export async function sendRoomLink(
  deps: InviteDeps & Need<"db">,
  {
    role,
    to,
    locale,
    ...asked
  }: Asked & { role: RoomRole; to: { phone: string } | { email: string }; locale: string },
): Promise<Result<{ roomId: string; role: RoomRole; to: string }, SendRefusal>> {
  const { actor, roomId } = asked;
  return changing<{ roomId: string; role: RoomRole; to: string }, SendRefusal>(
    deps,
    asked,
    mayManageRoom,
    async (tx, room) => {
      if (room.messagesSent >= messagesAtMost) return err({ code: "ROOM_MESSAGES_ENOUGH" });
      const invite = await liveInvite(deps, tx, roomId, role);
      if (!invite?.url) return err({ code: "LINK_CLOSED" });
      await tx
        .update(rooms)
        .set({ messagesSent: room.messagesSent + 1 })
        .where(eq(rooms.id, roomId));
      const message = { template: "room", roomId, locale, actor } as const;
      if ("phone" in to)
        await enqueueOwn(deps, tx, {
          ...message,
          to: to.phone,
          link: invite.url,
          uselessAt: room.expiresAt,
        });
      else await enqueueNotice(deps, tx, { ...message, to: to.email, url: invite.url });
      const shown = "phone" in to ? masked("sms", to.phone) : masked("email", to.email);
      const metadata = { roomId, role, to: shown };
      await recordAudit(tx, { event: "ROOM_LINK_SENT", actor, tokenId: invite.inviteId, metadata });
      return ok({ roomId, role, to: shown });
    },
  );
}
