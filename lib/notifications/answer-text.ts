import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import { maskPhone, parsePhone } from "@/lib/kernel/phone";
import type { Keyring } from "@/lib/keyring/keyring";
import { type Consent, findConsent, isOptedOut, noteConsent } from "./consents";
import { enqueueReply } from "./enqueue";
import { readKeyword } from "./keywords";
import type { ReplyTemplate } from "./message";

/** Two machines that answer each other fall silent after one round. */
const unreadEveryMs = 3_600_000;
const helpEveryMs = 60_000;

export type InboundText = { from: string; body: string };
/** What we did about a text. `nothing`: it changed nothing, and no answer was due. */
export type TextAnswer = "stopped" | "resumed" | "helped" | "unread" | "nothing";
type Deps = { keyring: Keyring; clock: Clock };

/**
 * Does what a text asks, in the caller's transaction (as the system): STOP, START, HELP; anything else is told, once an hour, that nobody
 * reads here. What was written is neither kept nor logged: patients write things into such texts that belong in no log.
 */
export async function answerText(
  deps: Deps,
  tx: Tx,
  { from, body }: InboundText,
  actor: Actor,
): Promise<TextAnswer> {
  const number = parsePhone(from);
  if (!number) return "nothing"; // a short code or a name: nobody to answer
  const now = deps.clock.now();
  const consent = await findConsent(deps, tx, number);
  const keyword = readKeyword(body);
  const reply = async (template: ReplyTemplate) => {
    const locale = keyword?.locale ?? (await localeOf(tx, number));
    await enqueueReply(deps, tx, { template, to: number, locale, actor });
  };
  const audit = (event: "TEXTS_STOPPED" | "TEXTS_RESUMED") =>
    recordAudit(tx, { event, actor, metadata: { number: maskPhone(number) } });

  switch (keyword?.ask) {
    case "stop":
      if (isOptedOut(consent)) return "nothing"; // one confirmation, not one for each STOP
      await noteConsent(deps, tx, number, { optedOutAt: now });
      await audit("TEXTS_STOPPED");
      await reply("stopped");
      return "stopped";
    case "start":
      if (!isOptedOut(consent)) return "nothing";
      await noteConsent(deps, tx, number, { optedInAt: after(consent, now) });
      await audit("TEXTS_RESUMED");
      await reply("resumed");
      return "resumed";
    case "help":
      if (within(consent?.helpedAt, helpEveryMs, now)) return "nothing";
      await noteConsent(deps, tx, number, { helpedAt: now });
      await reply("help");
      return "helped";
    default:
      if (isOptedOut(consent) || within(consent?.unreadAt, unreadEveryMs, now)) return "nothing";
      await noteConsent(deps, tx, number, { unreadAt: now });
      await reply("unread");
      return "unread";
  }
}

/** Within one millisecond, START after STOP still counts. */
const after = (consent: Consent | null, now: Date) =>
  new Date(Math.max(now.getTime(), (consent?.optedOutAt?.getTime() ?? 0) + 1));

const within = (at: Date | null | undefined, ms: number, now: Date) =>
  Boolean(at && now.getTime() - at.getTime() < ms);

/** The language of whoever has this number; of several, the one we have known longest. */
async function localeOf(tx: Tx, number: string): Promise<string> {
  const [owner] = await tx
    .select({ locale: customers.locale })
    .from(customers)
    .where(eq(customers.phone, number))
    .orderBy(asc(customers.createdAt))
    .limit(1);
  return owner?.locale ?? "en";
}
