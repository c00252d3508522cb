/** The contact centre answers two questions of a kind in a second, to all our callers together; the worker asks too. */
const perSecond = 2;
const atOnce = 3;

/** Whether this process may ask one question more. A refusal costs a caller nothing but a moment: the worker looks after all calls. */
export function openLookBudget(): (nowMs: number) => boolean {
  let left = atOnce;
  let at = Number.NEGATIVE_INFINITY;
  return (nowMs) => {
    left = Math.min(atOnce, left + (Math.max(0, nowMs - at) / 1_000) * perSecond);
    at = nowMs;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
