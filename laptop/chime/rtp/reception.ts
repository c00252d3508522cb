import type { ReceptionReport, SenderReport } from "./rtcp";

/** A gap longer than this is an outage: a key frame repairs it, asking for each packet would not. Packets. */
const gapMax = 100;
/** The first wait for a packet that was asked for; each further one is as much longer, for those with a long way. */
const nackAfterMs = 40;
const nackTries = 6;

type Missing = { index: number; askedAtMs: number; tries: number };

/** What we know of one stream a client sends us: for the reports it lives by, and for asking again for what was lost. */
export class Reception {
  private readonly first: number;
  private highest: number;
  private received = 0;
  private reportedExpected = 0;
  private reportedReceived = 0;
  private transit = 0;
  private jitter = 0;
  private lastReport = 0;
  private lastReportAtMs = 0;
  private missing: Missing[] = [];

  /** @param clockRate of the stream's timestamps, Hz. */
  constructor(
    readonly ssrc: number,
    firstIndex: number,
    private readonly clockRate: number,
  ) {
    this.first = firstIndex;
    this.highest = firstIndex - 1;
  }

  /** @returns "outage" when more was lost than is worth asking for. */
  onPacket(index: number, timestamp: number, nowMs: number): "outage" | null {
    this.received += 1;
    const transit = ((nowMs * this.clockRate) / 1000 - timestamp) | 0;
    if (this.received > 1) this.jitter += (Math.abs((transit - this.transit) | 0) - this.jitter) / 16;
    this.transit = transit;
    if (index <= this.highest) {
      this.missing = this.missing.filter((gap) => gap.index !== index);
      return null;
    }
    const gap = index - this.highest - 1;
    const outage = gap > gapMax;
    if (outage) this.missing = [];
    else
      for (let lost = this.highest + 1; lost < index; lost++)
        this.missing.push({ index: lost, askedAtMs: Number.NEGATIVE_INFINITY, tries: 0 });
    this.highest = index;
    if (this.missing.length > gapMax) this.missing.splice(0, this.missing.length - gapMax);
    return outage ? "outage" : null;
  }

  get hasGaps(): boolean {
    return this.missing.length > 0;
  }

  /** What to ask for now, by sequence number. `gaveUp`: something was asked for often enough; only a key frame helps. */
  takeDue(nowMs: number): { again: number[]; gaveUp: boolean } {
    const due = this.missing.filter((gap) => nowMs - gap.askedAtMs >= nackAfterMs * gap.tries);
    const before = this.missing.length;
    this.missing = this.missing.filter((gap) => gap.tries < nackTries || !due.includes(gap));
    const gaveUp = this.missing.length < before;
    const again = due.filter((gap) => gap.tries < nackTries);
    for (const gap of again) {
      gap.askedAtMs = nowMs;
      gap.tries += 1;
    }
    return { again: again.map((gap) => gap.index & 0xffff), gaveUp };
  }

  onSenderReport({ ntp }: SenderReport, nowMs: number): void {
    this.lastReport = Number((ntp >> 16n) & 0xffffffffn);
    this.lastReportAtMs = nowMs;
  }

  report(nowMs: number): ReceptionReport {
    const expected = this.highest - this.first + 1;
    const expectedNow = expected - this.reportedExpected;
    const lostNow = expectedNow - (this.received - this.reportedReceived);
    this.reportedExpected = expected;
    this.reportedReceived = this.received;
    return {
      ssrc: this.ssrc,
      fractionLost: expectedNow > 0 ? Math.max(0, lostNow / expectedNow) : 0,
      packetsLost: expected - this.received,
      highestIndex: this.highest,
      jitter: this.jitter,
      lastReport: this.lastReport,
      sinceLastReport: this.lastReport ? (nowMs - this.lastReportAtMs) * 65.536 : 0,
    };
  }
}
