import { VendorError } from "../http/vendor-error";

/** Two a second, five at once: the vendor's default for StartWebRTCContact. */
const perSecond = 2;
const burst = 5;

export type Quota = {
  /** Throws the vendor's throttling error when the quota is used up. */
  take(): void;
};

/** A bucket that fills as time goes by. */
export function openQuota(isOn: boolean, now: () => number): Quota {
  let left = burst;
  let filledAt = now();
  return {
    take() {
      if (!isOn) return;
      left = Math.min(burst, left + ((now() - filledAt) / 1_000) * perSecond);
      filledAt = now();
      if (left < 1) throw new VendorError("TooManyRequestsException", "Rate exceeded", 429);
      left -= 1;
    },
  };
}
