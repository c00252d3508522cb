/** Who may come to a visit beside the two whom it is about: each by a link, and in a role, of their own. */
export const guestRoles = ["caregiver", "interpreter", "student"] as const;
export type GuestRole = (typeof guestRoles)[number];

/** The two whom a visit is about. */
export type Principal = "patient" | "clinician";
export type Party = Principal | GuestRole;
const parties = ["patient", "clinician", ...guestRoles] as const satisfies readonly Party[];

export const isParty = (text: unknown): text is Party => (parties as readonly unknown[]).includes(text);
export const isGuest = (party: Party): party is GuestRole =>
  (guestRoles as readonly string[]).includes(party);
