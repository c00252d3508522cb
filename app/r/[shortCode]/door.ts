import "server-only";
import { cookies } from "next/headers";
import { cache } from "react";
import { requestOrigin } from "@/lib/auth/require-staff";
import { browserCookie, readBrowserId } from "@/lib/http/browser-id";
import { doorDeps } from "@/lib/http/deps";
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
