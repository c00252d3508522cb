import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { err } from "@/lib/kernel/result";
import { ownCalendar } from "@/lib/own-record/own-calendar";

export const GET = endpoint({
  route: "GET /api/me/visits/[visitId]/calendar",
  summary: "A visit of one's own as a calendar file (RFC 5545).",
  details: "It leads to the patient's own page and carries no link that opens anything.",
  answer: { media: "text/calendar", holds: "One event." },
  persons: true,
  refuses: [...refusals.visit, ...refusals.closed],
  run: async ({ deps, actor, params }) => {
    if (actor.kind !== "person") return err({ code: "FORBIDDEN" });
    const made = await ownCalendar(deps, { patient: actor, visitId: params.visitId! });
    if (!made.ok) return made;
    return new Response(made.value, {
      headers: {
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'attachment; filename="visit.ics"',
        "cache-control": "no-store",
      },
    });
  },
});
