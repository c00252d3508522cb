/** What a call to the contact centre may be about: all that its caller says of it beforehand. A CHECK of migration 0220 says the same. */
export const callTopics = ["visit", "payment", "sign-in", "other"] as const;
export type CallTopic = (typeof callTopics)[number];
