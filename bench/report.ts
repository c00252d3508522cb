/** One figure of ours beside what limits it, both from this run. Lower is better unless `higherIsBetter`. */
export type Measured = {
  name: string;
  ours: number;
  /** What we measured beside it: the same work without us, or with nobody's framework. Absent: an absolute limit. */
  anchor?: { name: string; value: number };
  /** The figure that `ours` may not pass. */
  limit: number;
  unit: string;
  higherIsBetter?: boolean;
  note?: string;
};

export function passes({ ours, limit, higherIsBetter }: Measured): boolean {
  return higherIsBetter ? ours >= limit : ours <= limit;
}

const number = (value: number) =>
  value.toLocaleString("en", {
    maximumFractionDigits: Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0,
  });

/** `PASS click to remote video   380 ms   limit 412 ms (2.0x peer to peer 206 ms)` */
export function describeMeasured(measured: Measured): string {
  const { name, ours, anchor, limit, unit, note } = measured;
  const short = passes(measured) ? "PASS " : `SHORT by ${number(Math.abs(ours - limit))} ${unit}`;
  const beside = anchor ? ` (${anchor.name}: ${number(anchor.value)} ${unit})` : "";
  return `${short.padEnd(6)} ${name}: ${number(ours)} ${unit}, limit ${number(limit)} ${unit}${beside}${note ? ` · ${note}` : ""}`;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
}
