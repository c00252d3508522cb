import "server-only";
import type { cookies } from "next/headers";

/** Who must sign in, or make an account, before an invitation can be used comes back to it by this cookie: no other address ever holds its code. */
const name = "vs_own_page";
const maxAgeSeconds = 3600;
const shape = /^[\w-]{10,64}$/;
type Jar = Awaited<ReturnType<typeof cookies>>;

export function keepInvitation(jar: Jar, code: string, secure: boolean): void {
  if (shape.test(code))
    jar.set(name, code, { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge: maxAgeSeconds });
}

/** Where the invitation that was kept goes on, once. Null: there is none. */
export function takeInvitation(jar: Jar): string | null {
  const code = jar.get(name)?.value;
  if (code === undefined) return null;
  jar.delete(name);
  return shape.test(code) ? `/connect/${code}` : null;
}
