import "server-only";
import { cookies } from "next/headers";
import { cache } from "react";
import { requestOrigin } from "@/lib/auth/require-staff";
import { browserCookie, readBrowserId } from "@/lib/http/browser-id";
import { doorDeps } from "@/lib/http/deps";
import { readTyped, type TypedForm, typedCookie } from "@/lib/http/typed-form";
import type { Door } from "@/lib/visits/answers";
import { lookAtDoor } from "@/lib/visits/look-at-door";

/** One look for a request, shared by its title and its page. Spends nothing. */
export const seeDoor = cache(async (code: string): Promise<Door> => {
  const [deps, origin, browserId] = await Promise.all([doorDeps(), requestOrigin(), browserOf()]);
  const seen = await lookAtDoor(deps, { code, browserId, origin });
  return seen.ok ? seen.value : seen.error;
});

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
