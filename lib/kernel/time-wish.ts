export const dayParts = ["morning", "midday", "afternoon", "evening"] as const;
type DayPart = (typeof dayParts)[number];

/** When somebody could come: `day` is `YYYY-MM-DD` of their own calendar. */
export type TimeWish = { day: string; part: DayPart };

export const wishesMax = 3;
