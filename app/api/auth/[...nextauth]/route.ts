import NextAuth from "next-auth";
import { nextAuthOptions } from "@/lib/auth/next-auth-options";
import { doorDeps } from "@/lib/http/deps";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own paths: `/api/auth/session`, `/api/auth/csrf`, `/api/auth/callback/credentials`, `/api/auth/signout`. */
async function handle(request: Request, context: Context): Promise<Response> {
  return NextAuth(request as never, context as never, nextAuthOptions(await doorDeps(), request.headers));
}

export { handle as GET, handle as POST };
