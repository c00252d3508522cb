import type { Db } from "@/db/as-actor";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Keyring } from "@/lib/keyring/keyring";
import type { AgentDoor, DeskAgent, DeskPhase, DeskWitness, PhoneRefusal } from "@/lib/ports/agent-door";
import type { Cipher } from "@/lib/ports/cipher";
import type { ContactCentre } from "@/lib/ports/contact-centre";

/** What an agent's desk draws on, all told; each use case takes the part that it needs. */
export type DeskDeps = {
  db: Db;
  clock: Clock;
  cipher: Cipher;
  keyring: Keyring;
  contactCentre: ContactCentre;
  /** Null where the desk's phone is not ours to speak for. */
  agentDoor: AgentDoor | null;
  /** Null where nobody can say what is at a desk: then there is none. */
  deskWitness: DeskWitness | null;
};

export type Colleague = Extract<Actor, { kind: "person" }>;

const calls = { agent: "support", clinician: "visits", admin: "both" } as const;

/** Whoever has a desk: an agent takes support's calls, a clinician visits', an admin both. Nobody else has one. */
function agentOf({ id, name, role }: Colleague): Result<DeskAgent, { code: "FORBIDDEN" }> {
  if (role !== "agent" && role !== "clinician" && role !== "admin") return err({ code: "FORBIDDEN" });
  return ok({ staffId: id, name, calls: calls[role] });
}

type NoDesk = { code: "FORBIDDEN" } | { code: "DESK_ELSEWHERE" };

/** The door that speaks for a desk's phone, and whoever stands at it. */
export function atDoor(
  { agentDoor }: Pick<DeskDeps, "agentDoor">,
  actor: Colleague,
): Result<{ door: AgentDoor; agent: DeskAgent }, NoDesk> {
  const agent = agentOf(actor);
  if (!agent.ok) return agent;
  return agentDoor ? ok({ door: agentDoor, agent: agent.value }) : err({ code: "DESK_ELSEWHERE" });
}

/** How far a contact is at this colleague's desk, whoever speaks for its phone. */
export async function phaseAtDesk(
  { deskWitness }: Pick<DeskDeps, "deskWitness">,
  { actor, contactId }: { actor: Colleague; contactId: string },
): Promise<Result<DeskPhase | null, NoDesk | PhoneRefusal>> {
  const agent = agentOf(actor);
  if (!agent.ok) return agent;
  return deskWitness ? deskWitness(agent.value, contactId) : err({ code: "DESK_ELSEWHERE" });
}
