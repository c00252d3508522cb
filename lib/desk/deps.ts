import type { Db } from "@/db/as-actor";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Keyring } from "@/lib/keyring/keyring";
import type { AgentDoor, DeskAgent } from "@/lib/ports/agent-door";
import type { Cipher } from "@/lib/ports/cipher";

/** What an agent's desk draws on, all told; each use case takes the part that it needs. */
export type DeskDeps = {
  db: Db;
  clock: Clock;
  cipher: Cipher;
  keyring: Keyring;
  /** Null where the desk's phone is not ours to speak for. */
  agentDoor: AgentDoor | null;
};

export type Colleague = Extract<Actor, { kind: "person" }>;

const calls = { agent: "support", clinician: "visits", admin: "both" } as const;

/** The door, and whoever stands at it: an agent takes support's calls, a clinician visits', an admin both. Nobody else has a desk. */
export function atDoor(
  { agentDoor }: Pick<DeskDeps, "agentDoor">,
  { id, name, role }: Colleague,
): Result<{ door: AgentDoor; agent: DeskAgent }, { code: "FORBIDDEN" } | { code: "DESK_ELSEWHERE" }> {
  if (role !== "agent" && role !== "clinician" && role !== "admin") return err({ code: "FORBIDDEN" });
  if (!agentDoor) return err({ code: "DESK_ELSEWHERE" });
  return ok({ door: agentDoor, agent: { staffId: id, name, calls: calls[role] } });
}
