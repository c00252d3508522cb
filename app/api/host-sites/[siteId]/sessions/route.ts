import { z } from "zod";
import { openHostSession } from "@/lib/host-sites/open-session";
import { readHostSession } from "@/lib/host-sites/read-session";
import { hostSession } from "@/lib/http/answers/host-sites";
import { endpoint } from "@/lib/http/endpoint";
import { err, ok } from "@/lib/kernel/result";
import { openOwnCall } from "@/lib/support-calls/own-calls";

const body = z.object({
  handover: z.string().min(1).max(2_048).describe("What the site's page was given."),
  origin: z.string().max(300).describe("Of the page that gave it, as the browser said."),
});

export const POST = endpoint({
  route: "POST /api/host-sites/[siteId]/sessions",
  summary: "Our page inside a site's page spends a handover, once, for a session.",
  details:
    "For `<vouchsafe-call>`: pages of ours alone may knock. The session starts and follows calls of that customer, and opens nothing else. It ends after four hours, after thirty idle minutes, or when its site is suspended.",
  answer: hostSession,
  status: 201,
  refuses: [
    "GUESS_LIMITED",
    "TOKEN_INVALID",
    "TOKEN_NOT_YET_VALID",
    "TOKEN_EXPIRED",
    "TOKEN_REUSED",
    "SITE_SUSPENDED",
  ],
  body,
  run: async ({ deps, params, body, origin }) => {
    const opened = await openHostSession(deps, {
      siteId: params.siteId ?? "",
      handover: body.handover,
      hostOrigin: body.origin,
      origin,
    });
    if (!opened.ok) return opened;
    const known = await readHostSession(deps, opened.value.session, origin);
    // Suspended between the two.
    if (!known) return err({ code: "SITE_SUSPENDED" });
    const { actor, siteId, siteName, signedInAt } = known;
    return ok({
      ...opened.value,
      name: actor.name,
      site: siteName,
      signedInAt: signedInAt.toISOString(),
      open: await openOwnCall(deps, { customer: actor, siteId }),
    });
  },
});
