import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";
import { exportOwnData } from "@/lib/own-record/export-own";

export const GET = endpoint({
  route: "GET /api/me/data",
  summary:
    "A patient's own data as a file: themselves, their visits, what was sent to them, their calls, what they agreed to.",
  details: "Recorded; five an hour. Contacts are masked, as on the page.",
  answer: {
    media: "application/json",
    holds:
      "`person`, `visits`, `messages`, `roomLinks`, `calls`, `callNotes`, `callQuestions`, `callbacks`, `consents`.",
  },
  persons: true,
  refuses: ["FORBIDDEN", "PATIENT_UNKNOWN", "ACCOUNT_LIMITED"],
  run: async ({ deps, actor }) => {
    if (actor.kind !== "person") return err({ code: "FORBIDDEN" });
    const made = await exportOwnData(deps, { patient: actor });
    if (!made.ok) return made;
    return new Response(JSON.stringify(made.value, null, 2), {
      headers: {
        "content-type": "application/json; charset=utf-8",
        "content-disposition": 'attachment; filename="my-visits.json"',
        "cache-control": "no-store",
      },
    });
  },
});
