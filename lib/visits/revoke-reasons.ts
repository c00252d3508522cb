/** Why a colleague takes a link back: a word of ours, for what somebody types could name a patient. */
export const revokeReasons = ["wrong-person", "phone-lost", "not-wanted", "misused"] as const;
export type RevokeReason = (typeof revokeReasons)[number];
