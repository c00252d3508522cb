import type { ProblemFacts } from "./problem";

/** What a door adds to SERIES_DATES_REFUSED: each date that cannot be, and why. */
export const refusedDates = (facts: ProblemFacts): Record<string, unknown> =>
  facts.code === "SERIES_DATES_REFUSED" ? { dates: facts.dates } : {};
