/** How far back a late packet is still taken. Packets. */
const reach = 512;

/**
 * The packets of one SSRC that were taken already (RFC 3711 §3.3.2), by 48-bit index: the sequence number with its rollovers.
 * Nothing is remembered of a packet before it was authenticated.
 */
export class ReplayWindow {
  private highest = -1;
  private readonly taken = new Float64Array(reach).fill(-1);

  /** The index a 16-bit sequence number most likely stands for (RFC 3711 appendix A). */
  estimate(sequence: number): number {
    if (this.highest < 0) return sequence;
    const ahead = ((sequence - (this.highest & 0xffff)) << 16) >> 16; // as a signed 16-bit distance
    return Math.max(this.highest + ahead, sequence);
  }

  /** True at most once for each index. */
  admits(index: number): boolean {
    return index > this.highest - reach && this.taken[index % reach] !== index;
  }

  take(index: number): void {
    this.taken[index % reach] = index;
    if (index > this.highest) this.highest = index;
  }
}
