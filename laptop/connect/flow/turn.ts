import type { FlowData } from "./data";
import type { Action } from "./flow";

/** What the instance knows without waiting. Ids and ARNs as the flow gives them. */
export type Facts = {
  /** Null: there are no such hours. Without an id those of the target. */
  isOpen(hoursId: string | undefined, target: Target | null): boolean | null;
  hasQueue(queueId: string): boolean;
  hasAgent(agentId: string): boolean;
  hasFlow(flowId: string): boolean;
  /** Whether it can take one more; null: it takes nobody. */
  hasRoom(target: Target): boolean | null;
};

/** Where a contact is to wait: in a queue, or in that of one agent. Ids, as the flow gives them. */
export type Target = { queueId: string } | { agentId: string };

export type Said = { text: string } | { promptId: string };
export type HookEvent = "CustomerQueue" | "CustomerHold" | "AgentWhisper";

/** What must be done outside. */
export type Effect =
  | { kind: "invoke"; functionArn: string; parameters: Record<string, string>; timeoutMs: number }
  | { kind: "say"; said: Said }
  /** Whatever is being said stops, and no alarm rings any more. */
  | { kind: "hush" }
  | { kind: "alarm"; ms: number }
  | { kind: "set-attributes"; attributes: Record<string, string> }
  | { kind: "set-hook"; event: HookEvent; flowId: string }
  | { kind: "enqueue"; target: Target }
  | { kind: "disconnect" };

/** What came back from there. */
export type FlowEvent =
  | { kind: "answered"; payload: unknown }
  | { kind: "unanswered" }
  /** All of what was to be said has been. */
  | { kind: "heard" }
  | { kind: "unheard" }
  | { kind: "key"; key: string }
  | { kind: "alarm" };

/** Where a flow stands. `at` null: it is over. `notes` is what the block there remembers meanwhile. */
export type Run = {
  at: string | null;
  notes: { keys: string; prompting: boolean; message: number };
  /** By loop, how often it went round. */
  loops: Record<string, number>;
  target: Target | null;
  data: FlowData;
};

/** A result: stay and wait, end, or go on by the branch of a condition, an error, or none. */
export type Outcome = "stay" | "over" | { result?: string } | { error: string };
export type Turn = { run: Run; action: Action; facts: Facts; effects: Effect[] };
export type Block = {
  enter(turn: Turn): Outcome;
  /** For blocks that wait. What they do not know leaves them waiting. */
  on?(turn: Turn, event: FlowEvent): Outcome;
};
