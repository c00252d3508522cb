import type { IncomingMessage } from "node:http";
import { type Db, openDb } from "@/db/as-actor";
import type { Env } from "@/lib/env";
import { framesOf } from "@/lib/host-sites/frames";
import { framesHeader } from "@/lib/http/frames-header";
import { embeddedSiteOf } from "@/lib/http/headers";

/**
 * Who may frame our page in a site's page, looked up before Next: its middleware writes the policy and has no database. Asked anew at each load,
 * so that a site which was suspended holds nothing from then on.
 */
export function openFrames({ DATABASE_URL }: Pick<Env, "DATABASE_URL">) {
  let db: Db | undefined;
  return {
    /** Throws when the database is away: then the page is not shown. */
    async settle(request: IncomingMessage): Promise<void> {
      delete request.headers[framesHeader];
      const [path = "/"] = (request.url ?? "/").split("?", 1);
      const siteId = embeddedSiteOf(path);
      if (!siteId) return;
      db ??= openDb(DATABASE_URL, { max: 2, applicationName: "vouchsafe-frames" });
      const origins = await framesOf({ db }, siteId);
      if (origins.length > 0) request.headers[framesHeader] = origins.join(" ");
    },
  };
}
