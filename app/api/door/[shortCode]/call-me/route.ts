import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { askCallAtDoor } from "@/lib/visits/ask-call";

const form = z.object({ number: z.union([z.literal(""), input.typedPhone]).default("") });

export const POST = endpoint({
  route: "POST /api/door/[shortCode]/call-me",
  summary: "The form of a join page that asks for a call instead, sent by the browser itself.",
  answer: { moved: "back to the door, which says what came of it" },
  form: true,
  body: z.record(z.string(), z.unknown()),
  run: async ({ deps, body, params, browserId, origin }) => {
    const code = input.shortCode.safeParse(params.shortCode);
    const said = form.safeParse(body);
    const done =
      code.success && said.success
        ? await askCallAtDoor(deps, {
            code: code.data,
            holder: browserId,
            origin,
            number: said.data.number || undefined,
          })
        : null;
    const told = done?.ok ? "asked" : done?.error.code === "CALL_ASKED_ENOUGH" ? "enough" : "check";
    const location = `/j/${encodeURIComponent(code.success ? code.data : "")}?call=${told}`;
    return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
  },
});
