import type { Result } from "@/lib/kernel/result";
import type { Attendee, Meeting } from "./meetings";

/** A colleague at a desk, from their own sign-in. `calls`: which of them ring there. */
export type DeskAgent = { staffId: string; name: string; calls: "support" | "visits" | "both" };

/** `ringing` → `connected` → `wrap-up`: the call is over, or somebody else's, and its work is not done. */
type ContactPhase = "ringing" | "connected" | "wrap-up";

/** Everything that a desk shows of its phone. Times in ISO 8601. Who is calling it never says: that is our own database's to know. */
export type Phone = {
  agent: {
    status: string;
    /** Chosen while at work, for afterwards. */
    nextStatus: string | null;
    /** `free`: rings if the status is `Available`. `missed`: nothing rings until a status is chosen. */
    state: "free" | "missed" | "ringing" | "busy" | "wrap-up";
    since: string;
  };
  /** What an agent may say of themselves. */
  statuses: string[];
  contact: null | {
    contactId: string;
    phase: ContactPhase;
    /** Null: for this agent alone. */
    queue: string | null;
    startedAt: string;
    /** Of the phase. */
    since: string;
    video: boolean;
    held: boolean;
    muted: boolean;
    endedAt: string | null;
    /** A colleague is asked about the call while its caller is on hold: as whoever asks sees it, or whoever is asked. `with`: the other, or a queue. */
    consultation: null | { as: "asking" | "asked"; phase: "ringing" | "talking"; with: string };
    /** Where the voices meet; a credential of this agent's. Null until they are let in, and afterwards. */
    join: { meeting: Meeting; attendee: Attendee } | null;
  };
  /** `since`: of whoever waits longest. */
  queues: { queueId: string; name: string; waiting: number; since: string | null }[];
  /** To whom a call may be handed on. */
  transfers: { kind: "queue" | "agent"; id: string; name: string; free: boolean }[];
};

/** What an agent does. `contactId`: the call it was meant for, so that a press that comes late hits no other. */
export type PhoneAct =
  | { act: "status"; status: string }
  | {
      act:
        | "accept"
        | "reject"
        | "mute"
        | "unmute"
        | "hold"
        | "resume"
        | "hang-up"
        | "finish"
        /** Of a consultation: its caller goes to whoever was asked, or back to whoever asked; whoever was asked leaves. */
        | "hand-over"
        | "take-back"
        | "leave";
      contactId: string;
    }
  /** A telephone's keys, `0-9*#`, up to 20, that sound in the call. */
  | { act: "keys"; contactId: string; keys: string }
  /** `consult`: they are asked first, while the caller is on hold. */
  | { act: "transfer" | "consult"; contactId: string; to: { kind: "queue" | "agent"; id: string } };

/** What is written down of them where the agent's own panel does it. */
export type NotedAct = Extract<PhoneAct, { contactId: string }> & {
  act:
    | "accept"
    | "hold"
    | "resume"
    | "transfer"
    | "consult"
    | "hand-over"
    | "take-back"
    | "hang-up"
    | "finish";
};

export type PhoneRefusal =
  /** The contact centre is not reached. */
  | { code: "PHONE_AWAY"; retryAfterMs: number }
  /** No such call is at this desk now, or not so far. */
  | { code: "NOT_AT_DESK" }
  | { code: "AGENT_AWAY" }
  | { code: "CHOICE_UNKNOWN" };

/** `asked`: another agent has the call, and asks this one. */
export type DeskPhase = ContactPhase | "asked";

/**
 * How far this contact is at this agent's desk, as the contact centre itself says; null: it is not there. What a browser says of its own desk counts for nothing.
 */
export type DeskWitness = (
  agent: DeskAgent,
  contactId: string,
) => Promise<Result<DeskPhase | null, PhoneRefusal>>;

/** The contact centre as an agent meets it. Only the laptop cloud has it; in production a desk holds Amazon's own panel in the browser. */
export type AgentDoor = {
  look(agent: DeskAgent): Promise<Result<Phone, PhoneRefusal>>;
  act(agent: DeskAgent, act: PhoneAct): Promise<Result<Phone, PhoneRefusal>>;
  /** Calls `changed` after each change of this agent's phone, when it is lost, and when it is back. @returns how to stop. */
  follow(agent: DeskAgent, changed: () => void): () => void;
};
