import type { Origin } from "@/lib/kernel/actor";
import type { RoomRole } from "@/lib/kernel/room-role";
import { type Guarded, guardGuess, noteMiss } from "@/lib/limits/guess-limits";
import { type Clinic, clinicOf } from "@/lib/notifications/clinic";
import type { Need } from "./deps";
import { inviteHashes } from "./redeem-invite";

type ShutRoom = "unknown" | "used" | "expired" | "closed" | "locked" | "removed" | "replaced";
type At = { clinic: Pick<Clinic, "name" | "phone"> };
/** What a person who opens `/r/:code` finds. `name` is told only to who may come in. */
export type RoomDoor =
  | (At & { kind: "limited"; retryAfterSeconds: number })
  | (At & { kind: ShutRoom })
  | (At & {
      kind: "ready";
      roomId: string;
      role: RoomRole;
      name: string | null;
      startsAt: string;
      expiresAt: string;
      /** This browser has come in by this link before. */
      resumable: boolean;
    });

type Row = {
  id: string;
  room_id: string;
  role: RoomRole;
  expires_at: string;
  opened_at: string | null;
  redeemed_at: string | null;
  holder_hash: Buffer | null;
  revoked_at: string | null;
  revoke_reason: "replaced" | "removed" | "closed" | null;
  room_name: string | null;
  starts_at: string;
  room_expires_at: string;
  locked_at: string | null;
  closed_at: string | null;
  close_reason: "host" | "staff" | "expired" | null;
};

/**
 * Looks at an invite's code. Spends nothing, however often and by whomever it is opened; the first look is recorded.
 *
 * @param browserId the `vs_browser` cookie's value, or "": lets a browser that has joined before come back in.
 */
export async function lookAtRoom(
  deps: Need<"db" | "clock" | "keyring" | "env"> & Guarded,
  { code, browserId, origin }: { code: string; browserId: string; origin: Origin },
): Promise<RoomDoor> {
  const { name, phone } = await clinicOf(deps);
  const at: At = { clinic: { name, phone } };
  const limited = await guardGuess(deps, origin, code);
  if (limited) return { kind: "limited", retryAfterSeconds: limited.retryAfterSeconds, ...at };
  const [row] = await deps.db.call<Row>("room_invite_find", [null, inviteHashes(deps, code)]);
  if (!row) {
    await noteMiss(deps, origin, code, "CODE_UNKNOWN");
    return { kind: "unknown", ...at };
  }
  if (!row.opened_at)
    await deps.db.call("room_invite_open", [row.id, origin.ip.slice(0, 45), origin.userAgent.slice(0, 512)]);
  const held = row.holder_hash !== null && deps.keyring.matches("holder", browserId, row.holder_hash);
  const shut = shutBy(row, held, deps.clock.now());
  if (shut) return { kind: shut, ...at };
  return {
    kind: "ready",
    roomId: row.room_id,
    role: row.role,
    name: row.room_name,
    startsAt: new Date(row.starts_at).toISOString(),
    expiresAt: new Date(row.room_expires_at).toISOString(),
    resumable: held,
    ...at,
  };
}

/** In the order in which `room_invite_redeem` refuses. */
function shutBy(row: Row, held: boolean, now: Date): ShutRoom | null {
  const passed = (text: string) => new Date(text) <= now;
  if (row.revoke_reason === "removed") return "removed";
  if (row.close_reason === "expired" || passed(row.room_expires_at)) return "expired";
  if (row.closed_at) return "closed";
  if (row.revoked_at) return "replaced";
  if (held) return null;
  if (row.redeemed_at) return "used";
  if (passed(row.expires_at)) return "expired";
  return row.locked_at ? "locked" : null;
}
