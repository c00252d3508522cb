/** Who issues every voucher that is a token (seed 4). */
export const issuer = "telehealth-video-api";

/**
 * Each kind has a `typ` and an `aud` of its own, so that a token made for one door is refused at every other (RFC 8725 §3.11, §3.12).
 * Add a kind here when something issues it: the matrix in `verify-token.test.ts` then shows it to every other.
 */
export const kinds = {
  "visit-link": { typ: "visit-link+jwt", aud: "video-visit" },
  "room-invite": { typ: "room-invite+jwt", aud: "audio-room" },
  "host-handover": { typ: "host-handover+jwt", aud: "host-session" },
  "caller-context": { typ: "caller-context+jwt", aud: "contact-centre" },
} as const satisfies Record<string, Kind>;

export type Kind = { typ: string; aud: string };
/** Those that stand in `vouchers`; a room's invites, a caller context and a handover have tables of their own (docs/decisions/0038, 0039, 0054). */
export type VoucherKind = Exclude<keyof typeof kinds, "room-invite" | "caller-context" | "host-handover">;
