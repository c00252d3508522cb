import type { Result } from "@/lib/kernel/result";
import type { ContactCentre, LineNow, OpeningHours } from "@/lib/ports/contact-centre";
import { answerWithin } from "./contact-event";
import type { CallDeps } from "./deps";
import { type Opening, openingAt } from "./opening";

/** What can be said before a call. Null: nobody knows. `timeZone`: of the hours. */
export type SupportNow = { opening: Opening | null; timeZone: string | null; line: LineNow | null };

type Deps = Pick<CallDeps, "contactCentre" | "clock" | "log">;
type Asked = { atMs: number; hours: Promise<OpeningHours | null>; line: Promise<LineNow | null> };

/** Everybody who comes within this time is told the same. Milliseconds. */
const keptMs = 5_000;
/** No page waits longer for the contact centre; what comes late is there for the next. Milliseconds. */
const patienceMs = 600;
const dayMs = 24 * 3_600_000;

const asked = new WeakMap<ContactCentre, Asked>();

/** Whether the contact centre is open, and how long people wait. One that is slow, away or not set up costs a page nothing but these words. */
export async function readSupportNow(deps: Deps): Promise<SupportNow> {
  const { hours, line } = askOnce(deps);
  const [known, now] = await Promise.all([
    answerWithin(patienceMs, hours, null),
    answerWithin(patienceMs, line, null),
  ]);
  return {
    opening: known && openingAt(known, deps.clock.now()),
    timeZone: known?.timeZone ?? null,
    line: now,
  };
}

/** The opening hours of the coming days, or null where nobody says them. */
export const readHours = (deps: Deps): Promise<OpeningHours | null> =>
  answerWithin(patienceMs, askOnce(deps).hours, null);

function askOnce(deps: Deps): Asked {
  const { contactCentre, clock } = deps;
  const atMs = clock.now().getTime();
  const known = asked.get(contactCentre);
  if (known && atMs - known.atMs < keptMs) return known;
  const day = (days: number) => new Date(atMs + days * dayMs).toISOString().slice(0, 10);
  const fresh = {
    atMs,
    // From yesterday, for clocks behind UTC and for nights; a week ahead, for the next opening.
    hours: toldBy(deps, "hours", contactCentre.openingHours({ from: day(-1), to: day(8) })),
    line: toldBy(deps, "line", contactCentre.lineNow()),
  };
  asked.set(contactCentre, fresh);
  return fresh;
}

/** Whatever goes wrong, also with wrong settings: nothing is said, and the log has the cause. */
async function toldBy<T>(
  { log }: Deps,
  what: "hours" | "line",
  answer: Promise<Result<T | null, { code: string }>>,
): Promise<T | null> {
  try {
    const told = await answer;
    if (told.ok) return told.value;
    log.warn({ what, refusal: told.error.code }, "the contact centre does not say");
  } catch (cause) {
    log.error({ what, err: cause }, "the contact centre cannot be asked");
  }
  return null;
}
