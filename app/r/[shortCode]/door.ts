import "server-only";
import { cookies } from "next/headers";
import { cache } from "react";
import { requestOrigin } from "@/lib/auth/require-staff";
import { browserCookie, readBrowserId } from "@/lib/http/browser-id";
import { doorDeps } from "@/lib/http/deps";
import { sayPageStatus } from "@/lib/http/page-status";
import { lookAtRoom, type RoomDoor } from "@/lib/rooms/look-at-room";

/** One look for a request, shared by its title and its page. Spends nothing. */
export const seeRoom = cache(async (code: string): Promise<RoomDoor> => {
  const [deps, origin, browserId] = await Promise.all([doorDeps(), requestOrigin(), browserOf()]);
  return lookAtRoom(deps, { code, browserId, origin });
});

/** Who holds this browser, or "". */
export async function browserOf(): Promise<string> {
  return readBrowserId((await cookies()).get(browserCookie)?.value);
}

type Shut = Exclude<RoomDoor, { kind: "ready" }>;
const statuses = {
  unknown: 404,
  used: 409,
  locked: 409,
  expired: 410,
  closed: 410,
  replaced: 410,
  removed: 403,
  limited: 429,
} as const satisfies Record<Shut["kind"], number>;

/** As the JSON doors refuse, so does the page: 403, 404, 409, 410, or 429 with when to come again. */
export function sayShut(door: Shut): void {
  sayPageStatus(statuses[door.kind], door.kind === "limited" ? door.retryAfterSeconds : undefined);
}
