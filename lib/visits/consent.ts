/**
 * Of what a patient agrees to before a visit by video: the texts are `place.consent` and `place.agree` of the catalogues, in each language.
 * It is recorded with each consent, so the texts behind a version never change: other texts are another version (`consent.test.ts`).
 */
export const consentVersion = "2026-11-21";
/** In the order in which they are read. */
export const consentPoints = ["touch", "private", "breaks", "emergency", "stop"] as const;
export type ConsentPoint = (typeof consentPoints)[number];
