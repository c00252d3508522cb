import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { isUsState } from "@/lib/kernel/us-states";
import { confirmArrival } from "@/lib/visits/confirm-arrival";
import { locales } from "@/messages/locales";

const line = (most: number) => z.string().trim().max(most).default("");
const form = z.object({
  state: z.string().refine(isUsState),
  address: line(200),
  callBack: z.union([z.literal(""), input.typedPhone]).default(""),
  emergencyName: line(80),
  emergencyPhone: line(30),
  consent: z.string().min(1).max(40),
  language: z.enum(locales),
});

/**
 * POST /api/door/:shortCode/arrival: the form "Where are you now?" of a join page, sent by the browser itself, without a script. Whatever
 * came of it, the answer leads back to the door, which says so.
 */
export const POST = endpoint({
  route: "POST /api/door/[shortCode]/arrival",
  form: true,
  body: z.record(z.string(), z.unknown()),
  run: async ({ deps, body, params, browserId, origin }) => {
    const code = input.shortCode.safeParse(params.shortCode);
    const door = `/j/${encodeURIComponent(code.success ? code.data : "")}`;
    const back = (to: string) =>
      new Response(null, { status: 303, headers: { location: to, "cache-control": "no-store" } });
    const said = form.safeParse(body);
    if (!code.success || !said.success) return back(`${door}?place=check`);
    const { state, address, callBack, emergencyName, emergencyPhone, consent, language } = said.data;
    const done = await confirmArrival(deps, {
      proof: { code: code.data },
      holder: browserId,
      origin,
      consent: { version: consent, language },
      details: {
        state,
        address: address || null,
        callBack: callBack || null,
        emergencyContact:
          emergencyName || emergencyPhone ? { name: emergencyName, phone: emergencyPhone } : null,
      },
    });
    // What is missing, and a text that has changed, are asked for again; every other refusal the door itself explains.
    const again = !done.ok && (done.error.code === "CONSENT_OUTDATED" || done.error.code === "NUMBER_NEEDED");
    return back(again ? `${door}?place=check` : door);
  },
});
