/** A token bucket: `burst` at once, `perSecond` in the long run. */
export class Budget {
  private left: number;
  private atMs: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly now: () => number,
  ) {
    this.left = burst;
    this.atMs = now();
  }

  take(): boolean {
    const nowMs = this.now();
    this.left = Math.min(this.burst, this.left + ((nowMs - this.atMs) * this.perSecond) / 1000);
    this.atMs = nowMs;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
