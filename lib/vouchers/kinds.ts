/** Who issues every voucher that is a token (seed 4). */
export const issuer = "telehealth-video-api";

/**
 * Each kind has a `typ` and an `aud` of its own, so that a token made for one door is refused at every other (RFC 8725 §3.11, §3.12).
 * Add a kind here when something issues it: the matrix in `verify-token.test.ts` then shows it to every other.
 */
export const kinds = {
  "visit-link": { typ: "visit-link+jwt", aud: "video-visit" },
  "room-invite": { typ: "room-invite+jwt", aud: "audio-room" },
  "caller-context": { typ: "caller-context+jwt", aud: "contact-centre" },
} as const satisfies Record<string, Kind>;

export type Kind = { typ: string; aud: string };
/** Those that stand in `vouchers`; a room's invites and a caller context have tables of their own (docs/decisions/0038, 0039). */
export type VoucherKind = Exclude<keyof typeof kinds, "room-invite" | "caller-context">;
