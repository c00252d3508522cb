import type { Quality } from "../call-state";

/** `lostUp`: share of the packets that don't reach the meeting, 0 to 1. */
type Report = { quality: Quality; lostUp: number };
const form = /^(good|fair|weak|bad) (\d{1,2}|100)$/;

export function writeReport({ quality, lostUp }: Report): string {
  return `${quality} ${Math.round(Math.min(1, Math.max(0, lostUp)) * 100)}`;
}

/** Null for anything but a report: its sender may be anybody's program. */
export function readReport(text: string): Report | null {
  const [, quality, percent] = form.exec(text) ?? [];
  return quality && percent ? { quality: quality as Quality, lostUp: Number(percent) / 100 } : null;
}
