import type { Phone, PhoneAct } from "@/lib/ports/agent-door";

/**
 * `away`: the contact centre is not reached; `lost`: we are not. Either way what was known last stays up. Of the contact centre's own panel: somebody
 * must sign in to it, it lets this account in nowhere (`denied`), or this browser keeps it out (`blocked`).
 */
export type Line = "opening" | "live" | "away" | "lost" | "sign-in" | "denied" | "blocked";
export type PhoneNews =
  | {
      line: "live";
      phone: Phone /** How far this device's clock runs ahead, in milliseconds. */;
      aheadMs: number;
    }
  | { line: Exclude<Line, "opening" | "live"> };

/** `say`: in words for the agent. */
export type Acted = { ok: true; phone: Phone } | { ok: false; say: string };

/**
 * A desk's phone, whoever speaks for it: on the laptop our own server (`own-phone.ts`); in production the contact centre's own panel in this
 * browser (`streams/`), which knows the same states and takes the same acts.
 */
export type DeskPhone = {
  /** Who has sound and picture: this page, by the way in that the phone gives, or the panel. */
  voices: "page" | "panel";
  /** @returns how to stop. */
  follow(told: (news: PhoneNews) => void): () => void;
  act(act: PhoneAct): Promise<Acted>;
};

export type { Phone, PhoneAct };

/** What may be done about the call just now. */
export function mayDo(phone: Phone | null): ReadonlySet<PhoneAct["act"]> {
  const acts = new Set<PhoneAct["act"]>(phone ? ["status"] : []);
  const add = (...more: PhoneAct["act"][]) => {
    for (const act of more) acts.add(act);
  };
  const contact = phone?.contact;
  switch (contact?.phase) {
    case "ringing":
      add("accept", "reject");
      break;
    case "connected":
      if (contact.consultation) {
        add(...actsOf(contact.consultation), contact.muted ? "unmute" : "mute");
        break;
      }
      if (!contact.held) add("keys");
      add(
        "hang-up",
        "transfer",
        "consult",
        contact.held ? "resume" : "hold",
        contact.muted ? "unmute" : "mute",
      );
      break;
    case "wrap-up":
      add("finish");
      break;
  }
  return acts;
}

function actsOf({
  as,
  phase,
}: NonNullable<NonNullable<Phone["contact"]>["consultation"]>): PhoneAct["act"][] {
  if (as === "asked") return ["leave"];
  return phase === "talking" ? ["hand-over", "take-back"] : ["take-back"];
}

/** Whether the agent's own voice goes anywhere: whoever is on hold hears none, a colleague who is asked does. */
export const mayBeHeard = ({ muted, held, consultation }: NonNullable<Phone["contact"]>): boolean =>
  !muted && (!held || consultation?.phase === "talking");
