/** Who issues every voucher that is a token (seed 4). */
export const issuer = "telehealth-video-api";

/**
 * Each kind has a `typ` and an `aud` of its own, so that a token made for one door is refused at every other (RFC 8725 §3.11, §3.12).
 * Add a kind here when something issues it, and to the matrix in `confusion.test.ts`.
 */
export const kinds = {
  "visit-link": { typ: "visit-link+jwt", aud: "video-visit" },
} as const satisfies Record<string, Kind>;

export type Kind = { typ: string; aud: string };
export type VoucherKind = keyof typeof kinds;
