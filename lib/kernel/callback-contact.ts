/** `due`: whoever is free may take it. `later`: its time is to come. `taken`: a colleague is calling. */
export const callbackPlaces = ["due", "later", "taken"] as const;
export type CallbackPlace = (typeof callbackPlaces)[number];

/** Under what name a callback stands among the contacts of a desk: no contact centre makes one with a space. Migration 0340 says the same. */
export const callbackContact = (callbackId: string): string => `callback ${callbackId}`;
