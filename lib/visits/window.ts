/** How long after its planned end a visit may still be joined. Minutes. */
const graceMinutes = 15;
/** No visit is longer. */
export const longestVisitMs = 480 * 60_000;

type Planned = { scheduledAt: Date; durationMinutes: number };

export function plannedEndOf({ scheduledAt, durationMinutes }: Planned): Date {
  return new Date(scheduledAt.getTime() + durationMinutes * 60_000);
}

/** A visit's `expiresAt`: the last moment to join. There is no first one: whoever is early waits. */
export function windowEndsAt(visit: Planned): Date {
  return new Date(plannedEndOf(visit).getTime() + graceMinutes * 60_000);
}

export type LinkWarning = "LINK_ENDS_BEFORE_VISIT";

/**
 * When a new join link runs out: `ttlMinutes` from now as asked, else when the visit's window closes.
 * @returns null when that moment has passed already: such a link would open nothing.
 */
export function linkExpiry(
  visit: Planned,
  now: Date,
  ttlMinutes?: number,
): { expiresAt: Date; warnings: LinkWarning[] } | null {
  const expiresAt =
    ttlMinutes === undefined ? windowEndsAt(visit) : new Date(now.getTime() + ttlMinutes * 60_000);
  if (expiresAt <= now) return null;
  return { expiresAt, warnings: expiresAt < visit.scheduledAt ? ["LINK_ENDS_BEFORE_VISIT"] : [] };
}
