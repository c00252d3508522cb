import type { Env } from "@/lib/env";
import type { Clock } from "@/lib/kernel/clock";
import type { Clinic } from "./clinic";
import type { MessageFacts, MessageLocale } from "./message";
import type { Values } from "./placeholders";
import { valuesOf } from "./words";

/** Values of a visit that nobody has: for previews, and to measure a wording with. The longest of the usual: another day, a full link. */
export function sampleValues(
  clinic: Clinic,
  locale: MessageLocale,
  { clock, env }: { clock: Clock; env: Pick<Env, "VIDEO_JOIN_URL" | "JOIN_CODE_LENGTH"> },
): Values {
  const now = clock.now();
  const start = new Date(now.getTime() + 26 * 3_600_000);
  const facts: MessageFacts = {
    visitId: "00000000-0000-4000-8000-000000000000",
    reader: "patient",
    clinician: { title: "Dr.", firstName: "Jane" },
    scheduledAt: start.toISOString(),
    durationMinutes: 30,
    timeZone: "America/New_York",
    locale,
    link: {
      url: `${env.VIDEO_JOIN_URL}/j/${"a2b3c4d5e6f7".slice(0, env.JOIN_CODE_LENGTH)}`,
      expiresAt: new Date(start.getTime() + 45 * 60_000).toISOString(),
    },
    check: { url: `${env.VIDEO_JOIN_URL}/c/${"a2b3c4d5e6f7".slice(0, env.JOIN_CODE_LENGTH)}` },
    late: { minutes: 20, until: new Date(start.getTime() + 20 * 60_000).toISOString() },
    visits: Array.from({ length: 12 }, (_, week) => ({
      visitId: "00000000-0000-4000-8000-000000000000",
      scheduledAt: new Date(start.getTime() + week * 7 * 86_400_000).toISOString(),
      durationMinutes: 30,
      calendarSequence: 0,
    })),
    calendarSequence: 0,
  };
  return valuesOf(facts, clinic, now);
}
