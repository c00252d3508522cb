import type { Agents } from "./agents";
import type { Calls } from "./calls";
import type { Contact, Contacts, MeetingMaker } from "./contacts";
import type { Hours } from "./hours";
import type { Instance } from "./instance";
import type { OpenLine } from "./sound/line";

/** What an operation works on. `starting` holds the contacts that are being made, by ClientToken. */
export type ConnectContext = {
  contacts: Contacts;
  agents: Agents;
  calls: Calls;
  instance: Instance;
  starting: Map<string, Promise<Contact>>;
  meetings: MeetingMaker;
  openLine: OpenLine;
  /** Of support. */
  hours: () => Hours;
  now: () => number;
  /** Throws `ResourceNotFoundException` for every instance but ours. */
  mustBeOurs(instance: unknown): void;
};
