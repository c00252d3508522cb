/** A guess in seconds, as people say it: a range of minutes. */
export type WaitRange =
  | { kind: "soon" }
  | { kind: "range"; from: number; to: number }
  | { kind: "long"; from: number };

const ranges: [from: number, to: number][] = [
  [1, 2],
  [2, 5],
  [5, 10],
  [10, 20],
  [20, 30],
];

/** Null where nobody guessed, or what was guessed is no time. */
export function waitRange(seconds: number | null | undefined): WaitRange | null {
  if (typeof seconds !== "number" || !Number.isFinite(seconds) || seconds < 0) return null;
  if (seconds < 60) return { kind: "soon" };
  const found = ranges.find(([, to]) => seconds <= to * 60);
  return found ? { kind: "range", from: found[0], to: found[1] } : { kind: "long", from: 30 };
}
