/** Sentences to whoever waits that are sent by name, so that each reader has them in their own language. */
export const waitingPresets = ["soon", "five-minutes", "ten-minutes", "not-forgotten"] as const;
type WaitingPreset = (typeof waitingPresets)[number];
/** `text`: the clinician's own words, as they were written. */
export type WaitingWords = { preset: WaitingPreset } | { text: string };
/** Of own words, in characters. */
export const waitingTextMax = 200;
