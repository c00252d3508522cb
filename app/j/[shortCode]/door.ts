import "server-only";
import { cookies } from "next/headers";
import { cache } from "react";
import { requestOrigin } from "@/lib/auth/require-staff";
import { browserCookie, readBrowserId } from "@/lib/http/browser-id";
import { doorDeps } from "@/lib/http/deps";
import { sayPageStatus } from "@/lib/http/page-status";
import { readTyped, type TypedForm, typedCookie } from "@/lib/http/typed-form";
import type { Door } from "@/lib/visits/answers";
import { lookAtDoor } from "@/lib/visits/look-at-door";

/** One look for a request, shared by its title and its page. Spends nothing. */
export const seeDoor = cache(async (code: string): Promise<Door> => {
  const [deps, origin, browserId] = await Promise.all([doorDeps(), requestOrigin(), browserOf()]);
  const seen = await lookAtDoor(deps, { code, browserId, origin });
  return seen.ok ? seen.value : seen.error;
});

const statuses = {
  ready: 200,
  after: 200, // whoever was inside may still say how it was
  unknown: 404,
  used: 409,
  expired: 410,
  revoked: 410,
  uninvited: 410,
  cancelled: 410,
  ended: 410,
  limited: 429,
} as const satisfies Record<Door["kind"], number>;

/** As the JSON doors refuse a link, so does the page (decision 0056): 404, 409, 410, or 429 with when to come again. */
export function sayDoor(door: Door): void {
  sayPageStatus(statuses[door.kind], door.kind === "limited" ? door.retryAfterSeconds : undefined);
}

/** Whether this clinic has captions set up. */
export async function hasCaptions(): Promise<boolean> {
  return (await doorDeps()).transcriber !== null;
}

/** Who holds this browser, or "". */
export async function browserOf(): Promise<string> {
  return readBrowserId((await cookies()).get(browserCookie)?.value);
}

/** What was typed into this door's form before it came back; null: nothing, or another link's. */
export async function typedAt(code: string): Promise<TypedForm | null> {
  const [{ keyring }, jar] = await Promise.all([doorDeps(), cookies()]);
  return readTyped(keyring, code, jar.get(typedCookie)?.value);
}
