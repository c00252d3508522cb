import { z } from "zod";
import type { Keyring } from "@/lib/keyring/keyring";

/** What somebody typed into a form of the door, and which fields were not right. */
export type TypedForm = { fields: Record<string, string>; flawed: string[] };

/** Ten minutes: whoever comes back later begins anew. */
const keptSeconds = 600;
/** A cookie of more than 4 kB is dropped, and every field of ours is far below this. */
const longest = 200;

export const typedCookie = "vs_typed";
const shape = z.object({ fields: z.record(z.string(), z.string()), flawed: z.array(z.string()) });
const aad = "typed form";

/**
 * The `Set-Cookie` by which a form that came back still holds what was typed: in the browser that typed it and nowhere else, sealed under the code
 * of its own link, never in an address. `null` forgets it.
 *
 * @param names the form's own: whatever else was sent is not kept.
 */
export function keepTyped(
  keyring: Keyring,
  {
    code,
    typed,
    names,
    secure,
  }: { code: string; typed: TypedForm | null; names: readonly string[]; secure: boolean },
): string {
  const attributes = `Path=/j; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  if (!typed) return `${typedCookie}=; Max-Age=0; ${attributes}`;
  const fields = Object.fromEntries(
    names.map((name) => [name, (typed.fields[name] ?? "").slice(0, longest)]),
  );
  const flawed = typed.flawed.filter((name) => names.includes(name));
  const sealed = keyring.seal("typed-form", JSON.stringify({ fields, flawed }), aad, code);
  return `${typedCookie}=${sealed.toString("base64url")}; Max-Age=${keptSeconds}; ${attributes}`;
}

/** Null for none, another link's, and anything that is not ours. */
export function readTyped(keyring: Keyring, code: string, cookie: string | undefined): TypedForm | null {
  if (!cookie) return null;
  try {
    const opened: unknown = JSON.parse(
      keyring.unseal("typed-form", Buffer.from(cookie, "base64url"), aad, code).toString("utf8"),
    );
    return shape.parse(opened);
  } catch {
    return null; // a stranger's cookie may hold anything: then the form is empty
  }
}
