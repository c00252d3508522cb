/** What goes by itself when the clinic says so, and for how many days it stays at the least (a CHECK of migration 0291 says the same). */
export const floors = {
  chat: 30,
  checks: 7,
  calls: 30,
  messages: 90,
  words: 1,
  rooms: 1,
  support: 30,
} as const;
export type RetentionKind = keyof typeof floors;
export const retentionKinds = Object.keys(floors) as RetentionKind[];

/** Twenty years. */
export const daysAtMost = 7_300;

/** Days from when something was written, or a room or a call was over; null: as long as the visit itself, or always. */
export type RetentionRules = Record<RetentionKind, number | null>;

export const keptForever: RetentionRules = {
  chat: null,
  checks: null,
  calls: null,
  messages: null,
  words: null,
  rooms: null,
  support: null,
};

/** Rows that would go by what was asked; counted up to `countedAtMost`, and one more for what is beyond. */
export type WouldGo = Partial<Record<RetentionKind, number>>;
export const countedAtMost = 10_000;
