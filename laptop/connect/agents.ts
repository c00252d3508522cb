import { randomUUID } from "node:crypto";

/** What an agent is at. `missed`: a call rang in vain, and none rings until the agent says so again. */
type Work =
  | { kind: "free" | "missed"; since: number }
  /** `consulted`: asked about a call that is another agent's. */
  | { kind: "ringing" | "talking" | "consulted" | "wrapping-up"; since: number; contactId: string };

/** Times in milliseconds since 1970. */
export type Agent = {
  agentId: string;
  username: string;
  name: string;
  /** By name: which queues ring here, and which first. */
  profile: string;
  /** As the agent chose: `Available` rings. */
  status: string;
  statusSince: number;
  /** Chosen while at work, for afterwards. */
  nextStatus: string | null;
  work: Work;
};

export const statuses = ["Available", "Offline", "Break", "Training"] as const;

export const isAvailable = ({ status, work }: Agent) => status === "Available" && work.kind === "free";
const isAtWork = ({ work }: Agent) => "contactId" in work;
/** Signed in and at the desk, whatever at. */
export const isOnline = ({ status }: Agent) => status !== "Offline";
/** Since when there is nothing to do. */
export const idleSince = ({ statusSince, work }: Agent) => Math.max(statusSince, work.since);

/** The vendor's own words for what an agent is at. */
export function stateName({ status, work }: Agent): string {
  const names = {
    free: status,
    missed: "MissedCallAgent",
    ringing: "PendingBusy",
    talking: "Busy",
    consulted: "Busy",
    "wrapping-up": "AfterCallWork",
  };
  return names[work.kind];
}

export type Agents = {
  list(): Agent[];
  find(agentId: string): Agent | undefined;
  /** Who signs in by this name; made at the first time, `Offline`. */
  signIn(person: { username: string; name: string; profile: string }): Agent;
  /** At whom this contact rings, who has it, and who is asked about it. */
  at(contactId: string): Agent[];
  setWork(agent: Agent, work: Work): void;
  setStatus(agent: Agent, status: string): void;
};

export function openAgents(options: {
  load: unknown;
  save: (agents: Agent[]) => void;
  now: () => number;
}): Agents {
  const { now } = options;
  const agents = (options.load as Agent[] | undefined) ?? [];
  const changed = () => options.save(agents);
  const apply = (agent: Agent, status: string) => {
    agent.status = status;
    agent.statusSince = now();
    agent.nextStatus = null;
  };

  return {
    list: () => agents,
    find: (agentId) => agents.find((agent) => agent.agentId === agentId),
    at: (contactId) =>
      agents.filter(
        ({ work }) => "contactId" in work && work.kind !== "wrapping-up" && work.contactId === contactId,
      ),
    signIn({ username, name, profile }) {
      let agent = agents.find((known) => known.username === username);
      if (!agent) {
        agent = {
          agentId: randomUUID(),
          username,
          name,
          profile,
          status: "Offline",
          statusSince: now(),
          nextStatus: null,
          work: { kind: "free", since: now() },
        };
        agents.push(agent);
      }
      Object.assign(agent, { name, profile });
      changed();
      return agent;
    },
    setWork(agent, work) {
      agent.work = work;
      if (!isAtWork(agent) && agent.nextStatus) apply(agent, agent.nextStatus);
      changed();
    },
    /** While at work it waits until that is done. Whoever missed a call is back by choosing anything. */
    setStatus(agent, status) {
      if (isAtWork(agent)) agent.nextStatus = status === agent.status ? null : status;
      else {
        apply(agent, status);
        agent.work = { kind: "free", since: now() };
      }
      changed();
    },
  };
}
