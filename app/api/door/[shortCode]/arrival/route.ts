import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { keepTyped } from "@/lib/http/typed-form";
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

const names = Object.keys(form.shape);

export const POST = endpoint({
  route: "POST /api/door/[shortCode]/arrival",
  summary: 'The form "Where are you now?" of a join page, sent by the browser itself.',
  answer: { moved: "back to the door, which says what came of it" },
  form: true,
  body: z.record(z.string(), z.unknown()),
  run: async ({ deps, body, params, browserId, origin }) => {
    const code = input.shortCode.safeParse(params.shortCode);
    const door = `/j/${encodeURIComponent(code.success ? code.data : "")}`;
    const back = (to: string, flawed?: string[]) => {
      const headers = new Headers({ location: to, "cache-control": "no-store" });
      // What was typed goes back to the one who typed it: in a cookie of their own, sealed, for the address tells others.
      const fields = Object.fromEntries(
        Object.entries(body).map(([name, value]) => [name, typeof value === "string" ? value : ""]),
      );
      const typed = flawed ? { fields, flawed } : null;
      const secure = deps.env.NEXT_PUBLIC_APP_URL.startsWith("https:");
      if (code.success)
        headers.append("set-cookie", keepTyped(deps.keyring, { code: code.data, typed, names, secure }));
      return new Response(null, { status: 303, headers });
    };
    const said = form.safeParse(body);
    if (!code.success) return back(`${door}?place=check`);
    if (!said.success)
      return back(
        `${door}?place=check`,
        said.error.issues.map(({ path }) => String(path[0])),
      );
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
    if (!done.ok && done.error.code === "CONSENT_OUTDATED") return back(`${door}?place=check`, ["consent"]);
    if (!done.ok && done.error.code === "NUMBER_NEEDED") return back(`${door}?place=check`, ["callBack"]);
    return back(door);
  },
});
