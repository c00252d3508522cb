import { createHash } from "node:crypto";
import { and, desc, gt, inArray, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { roomSeats, rooms } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { readCursor, writeCursor } from "@/lib/kernel/cursor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type RoomRole, roomRoles } from "@/lib/kernel/room-role";
import { isUuid } from "@/lib/kernel/uuid";
import type { RoomEntry } from "./answers";
import type { Need } from "./deps";
import { liveInvite } from "./invites";
import { linkStatesOf } from "./link-states";
import { peopleOf } from "./live-room";
import { mayMakeRooms, mayManageRoom } from "./permit";
import { findRoom, type RoomRow, type RoomUnknown, stateOf } from "./room";
import { isHere, type RoomSeat, seatsOf } from "./seat";

/** Newest first, as far as row-level security shows them: a clinician's own, and everybody's to who runs the book. Holds no link. */
export async function listRooms(
  deps: Need<"db" | "clock">,
  {
    actor,
    open,
    limit = 20,
    cursor,
  }: {
    actor: Actor /** Only those that are open, or only those that are over. */;
    open?: boolean;
    limit?: number;
    cursor?: string;
  },
): Promise<Result<{ rooms: RoomEntry[]; nextCursor: string | null }, { code: "FORBIDDEN" }>> {
  if (!mayMakeRooms(actor)) return err({ code: "FORBIDDEN" });
  const size = Math.min(100, Math.max(1, limit));
  const now = deps.clock.now();
  return deps.db.asActor(actor, async (tx) => {
    const rows = await tx
      .select()
      .from(rooms)
      .where(and(isOpen(open, now), after(cursor)))
      .orderBy(desc(rooms.createdAt), desc(rooms.id))
      .limit(size + 1);
    const page = rows.slice(0, size);
    const last = page.at(-1);
    const entries = await describe(tx, page, now);
    await recordAudit(tx, { event: "ROOMS_LISTED", actor, metadata: { count: page.length } });
    return ok({
      rooms: entries,
      nextCursor: rows.length > size && last ? writeCursor([last.createdAt.toISOString(), last.id]) : null,
    });
  });
}

export async function getRoom(
  deps: Need<"db" | "clock">,
  { actor, roomId }: { actor: Actor; roomId: string },
): Promise<Result<RoomEntry, RoomUnknown | { code: "FORBIDDEN" }>> {
  return deps.db.asActor(actor, async (tx) => {
    const room = await findRoom(tx, roomId);
    if (!room) return err({ code: "ROOM_UNKNOWN" });
    if (!mayManageRoom(actor, room)) return err({ code: "FORBIDDEN" });
    const [entry] = await describe(tx, [room], deps.clock.now());
    return entry ? ok(entry) : err({ code: "ROOM_UNKNOWN" });
  });
}

/** Equal for two looks that show the same rooms: whoever holds one knows by another whether to look again. */
export async function roomsVersion(deps: Need<"db" | "clock">, actor: Actor): Promise<string> {
  const now = deps.clock.now();
  const shown = await deps.db.asActor(actor, async (tx) => {
    const newest = tx.select().from(rooms).where(isOpen(true, now));
    return describe(tx, await newest.orderBy(desc(rooms.createdAt), desc(rooms.id)).limit(50), now);
  });
  return createHash("sha256").update(JSON.stringify(shown)).digest("base64url").slice(0, 16);
}

/** The links of an open room, for who manages it; null where one was used, for it opens nothing to anybody else. Each look is recorded. */
export async function showLinks(
  deps: Need<"db" | "clock" | "keyring" | "env">,
  { actor, roomId }: { actor: Actor; roomId: string },
): Promise<Result<Record<RoomRole, string | null>, RoomUnknown | { code: "FORBIDDEN" }>> {
  return deps.db.asActor(actor, async (tx) => {
    const room = await findRoom(tx, roomId);
    if (!room) return err({ code: "ROOM_UNKNOWN" });
    if (!mayManageRoom(actor, room)) return err({ code: "FORBIDDEN" });
    const links: Record<RoomRole, string | null> = { host: null, guest: null };
    if (stateOf(room, deps.clock.now()) !== "open") return ok(links);
    for (const role of roomRoles) links[role] = (await liveInvite(deps, tx, roomId, role))?.url ?? null;
    if (links.host ?? links.guest)
      await recordAudit(tx, { event: "ROOM_LINK_VIEWED", actor, metadata: { roomId } });
    return ok(links);
  });
}

async function describe(tx: Tx, page: readonly RoomRow[], now: Date): Promise<RoomEntry[]> {
  if (page.length === 0) return [];
  const ids = page.map(({ id }) => id);
  const [only] = ids;
  const seats: RoomSeat[] =
    ids.length === 1 && only
      ? await seatsOf(tx, only)
      : await tx.select().from(roomSeats).where(inArray(roomSeats.roomId, ids));
  const linkState = await linkStatesOf(tx, ids);
  return page.map((room) => {
    const state = stateOf(room, now);
    const own = seats.filter(({ roomId }) => roomId === room.id);
    return {
      roomId: room.id,
      name: room.name,
      state,
      lobby: room.lobby,
      locked: room.lockedAt !== null,
      startsAt: room.startsAt.toISOString(),
      expiresAt: room.expiresAt.toISOString(),
      createdAt: room.createdAt.toISOString(),
      closedAt: room.closedAt?.toISOString() ?? null,
      people: peopleOf(own).map((person) => {
        const seat = own.find(({ inviteId }) => inviteId === person.seatId);
        return {
          ...person,
          here: state === "open" && seat !== undefined && isHere(seat, now),
          link: state === "open" ? linkState(room.id, person.role) : "over",
        };
      }),
    };
  });
}

function isOpen(open: boolean | undefined, now: Date): SQL | undefined {
  if (open === undefined) return undefined;
  return open
    ? and(isNull(rooms.closedAt), gt(rooms.expiresAt, now))
    : or(isNotNull(rooms.closedAt), lte(rooms.expiresAt, now));
}

function after(cursor: string | undefined): SQL | undefined {
  const [at, id] = readCursor(cursor) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at)) || !isUuid(id)) return undefined;
  return sql`(${rooms.createdAt}, ${rooms.id}) < (${at}::timestamptz, ${id}::uuid)`;
}
