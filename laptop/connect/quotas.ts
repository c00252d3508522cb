import { VendorError } from "../http/vendor-error";

/** A second, and at once. */
type Rate = { perSecond: number; burst: number };

/** The vendor's default for every operation that is not named. */
const common: Rate = { perSecond: 2, burst: 5 };
const others: Record<string, Rate> = {
  GetCurrentMetricData: { perSecond: 5, burst: 8 },
  UpdateContactAttributes: { perSecond: 10, burst: 15 },
  CreateParticipantConnection: { perSecond: 6, burst: 9 },
  SendMessage: { perSecond: 10, burst: 15 },
  DisconnectParticipant: { perSecond: 3, burst: 5 },
};

export type Quotas = {
  /** Throws the vendor's throttling error when the operation's quota is used up. Every request counts, also one that repeats a client token. */
  take(operation: string): void;
};

/**
 * A bucket for each operation, that fills as time goes by.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html#api-throttling-quotas
 */
export function openQuotas(areOn: boolean, now: () => number): Quotas {
  const buckets = new Map<string, { left: number; filledAt: number }>();
  return {
    take(operation) {
      if (!areOn) return;
      const { perSecond, burst } = others[operation] ?? common;
      const before = buckets.get(operation) ?? { left: burst, filledAt: now() };
      const left = Math.min(burst, before.left + ((now() - before.filledAt) / 1_000) * perSecond);
      const isFree = left >= 1;
      buckets.set(operation, { left: isFree ? left - 1 : left, filledAt: now() });
      if (!isFree) throw new VendorError("TooManyRequestsException", "Rate exceeded", 429);
    },
  };
}
