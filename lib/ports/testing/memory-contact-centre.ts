import { randomUUID } from "node:crypto";
import { err, ok, type Result } from "@/lib/kernel/result";
import type {
  Contact,
  ContactCentre,
  ContactState,
  LineNow,
  OpeningHours,
  PlaceInLine,
} from "../contact-centre";
import type { CloudRefusal } from "../meetings";
import { type FaultPlan, faultPlan } from "./faults";
import { newAttendee, newMeeting } from "./memory-meetings";

type Held = {
  contact: Contact;
  displayName: string;
  firstContactId: string;
  attributes: Record<string, string>;
  /** Where it waits; null: it does not. */
  place: PlaceInLine | null;
  /** All that its caller typed. */
  keys: string;
  connectedToAgentAt: Date | null;
  disconnectedAt: Date | null;
};
export type MemoryContactCentre = ContactCentre & {
  faults: FaultPlan;
  contacts: Map<string, Held>;
  agents: Map<string, string>;
  /** An agent hands the call on. @returns its new contact. */
  handOn(contactId: string): string;
  /** As they are asked for, whatever the days. */
  support: { hours: OpeningHours | null; line: LineNow | null };
};

/** A contact centre without a cloud, for tests. */
export function memoryContactCentre(now: () => Date = () => new Date()): MemoryContactCentre {
  const faults = faultPlan();
  const contacts = new Map<string, Held>();
  const byToken = new Map<string, string>();
  const agents = new Map<string, string>();
  const support: MemoryContactCentre["support"] = { hours: null, line: null };

  /** The contact, and those that it was handed on as. */
  const callOf = (contactId: string) => {
    const held = contacts.get(contactId);
    return [...contacts.values()].filter(
      (one) => one === held || (held && one.firstContactId === held.contact.contactId),
    );
  };

  return {
    faults,
    contacts,
    handOn(contactId) {
      const held = contacts.get(contactId);
      if (!held) throw new Error("No such contact");
      held.disconnectedAt = now();
      const next = {
        ...held,
        contact: { ...held.contact, contactId: randomUUID() },
        connectedToAgentAt: null,
      };
      contacts.set(next.contact.contactId, { ...next, disconnectedAt: null });
      return next.contact.contactId;
    },
    /** Ids by user name. */
    agents,
    support,

    findAgent: (username) => faults.around("findAgent", () => ok(agents.get(username) ?? null)),

    startWebRtcContact: ({ clientToken, displayName, attributes }) =>
      faults.around("startWebRtcContact", () => {
        const known = contacts.get(byToken.get(clientToken) ?? "");
        if (known) return ok(known.contact);
        const contact: Contact = {
          contactId: randomUUID(),
          instanceId: "11111111-1111-4111-8111-111111111111",
          participantId: randomUUID(),
          participantToken: randomUUID(),
          meeting: newMeeting(`contact-${clientToken}`.slice(0, 64)),
          attendee: newAttendee(displayName),
        };
        contacts.set(contact.contactId, {
          contact,
          displayName,
          firstContactId: contact.contactId,
          attributes: { ...attributes },
          place: null,
          keys: "",
          connectedToAgentAt: null,
          disconnectedAt: null,
        });
        byToken.set(clientToken, contact.contactId);
        return ok(contact);
      }),

    stopContact: (contactId) =>
      faults.around("stopContact", () => {
        for (const held of callOf(contactId)) held.disconnectedAt ??= now();
        return ok(undefined);
      }),

    describeContact: (contactId) =>
      faults.around(
        "describeContact",
        (): Result<ContactState, CloudRefusal | { code: "CONTACT_UNKNOWN" }> => {
          const held = contacts.get(contactId);
          if (!held) return err({ code: "CONTACT_UNKNOWN" });
          return ok({
            contactId,
            firstContactId: held.firstContactId,
            initiationMethod: "WEBRTC_API",
            connectedToAgentAt: held.connectedToAgentAt,
            disconnectedAt: callOf(contactId).at(-1)?.disconnectedAt ?? null,
          });
        },
      ),

    placeInLine: (contactId) =>
      faults.around(
        "placeInLine",
        (): Result<PlaceInLine | null, CloudRefusal | { code: "CONTACT_UNKNOWN" }> => {
          const held = contacts.get(contactId);
          return held ? ok(held.place) : err({ code: "CONTACT_UNKNOWN" });
        },
      ),

    openingHours: () => faults.around("openingHours", () => ok(support.hours)),
    lineNow: () => faults.around("lineNow", () => ok(support.line)),

    pressKeys: (participantToken, keys) =>
      faults.around("pressKeys", (): Result<void, CloudRefusal | { code: "CONTACT_ENDED" }> => {
        const held = [...contacts.values()].find(
          ({ contact }) => contact.participantToken === participantToken,
        );
        if (!held || held.disconnectedAt) return err({ code: "CONTACT_ENDED" });
        held.keys += keys;
        return ok(undefined);
      }),

    updateAttributes: (contactId, attributes) =>
      faults.around("updateAttributes", (): Result<void, CloudRefusal | { code: "CONTACT_UNKNOWN" }> => {
        const held = contacts.get(contactId);
        if (!held) return err({ code: "CONTACT_UNKNOWN" });
        Object.assign(held.attributes, attributes);
        return ok(undefined);
      }),
  };
}
