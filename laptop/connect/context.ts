import type { Contact, Contacts, MeetingMaker } from "./contacts";

/** What an operation works on. `starting` holds the contacts that are being made, by ClientToken. */
export type ConnectContext = {
  contacts: Contacts;
  starting: Map<string, Promise<Contact>>;
  meetings: MeetingMaker;
  flowIds: readonly string[];
  instanceArn: string;
  now: () => number;
  /** Throws `ResourceNotFoundException` for every instance but ours. */
  mustBeOurs(instance: unknown): void;
};
