/** So many packets wait before somebody is heard. Packets of 20 ms. */
const cushion = 3;
/** Never further behind than this. Packets. */
const waitingMax = 10;

/** Packets of one voice, in any order and with gaps, given out in theirs. */
export class JitterBuffer<Packet> {
  private readonly waiting = new Map<number, Packet>();
  /** The index to be heard next, or null while the cushion fills. */
  private next: number | null = null;

  push(index: number, packet: Packet): void {
    if (this.next !== null && index < this.next) return; // its place has passed
    this.waiting.set(index, packet);
    if (this.waiting.size <= waitingMax) return;
    this.next = Math.max(...this.waiting.keys()) - cushion + 1;
    for (const known of this.waiting.keys()) if (known < this.next) this.waiting.delete(known);
  }

  /** Called every 20 ms. "lost": its place is passed over. null: nothing is to be heard yet, or any more. */
  take(): Packet | "lost" | null {
    if (this.waiting.size === 0) this.next = null; // who starts again fills the cushion again
    if (this.next === null) {
      if (this.waiting.size < cushion) return null;
      this.next = Math.min(...this.waiting.keys());
    }
    const earliest = Math.min(...this.waiting.keys());
    if (earliest - this.next > waitingMax) this.next = earliest; // an outage is not made up
    const packet = this.waiting.get(this.next);
    this.waiting.delete(this.next);
    this.next += 1;
    return packet ?? "lost";
  }
}
