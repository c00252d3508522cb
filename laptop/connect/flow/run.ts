import { blocks } from "./blocks";
import type { FlowData } from "./data";
import type { Action, Flow } from "./flow";

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
export type Step = { run: Run; effects: Effect[] };

/** A flow that goes in circles without ever waiting is ended after so many blocks. */
const blocksMax = 1_000;

const fresh = () => ({ keys: "", prompting: false, message: 0 });

const actionAt = (flow: Flow, id: string) => flow.Actions.find(({ Identifier }) => Identifier === id);

export function begin(flow: Flow, data: FlowData, facts: Facts): Step {
  const run: Run = { at: flow.StartAction, notes: fresh(), loops: {}, target: null, data: { ...data } };
  return enter(flow, run, facts, []);
}

/** Takes what happened to a flow; nothing of the given run is changed. */
export function step(flow: Flow, before: Run, event: FlowEvent, facts: Facts): Step {
  const run = structuredClone(before);
  const effects: Effect[] = [];
  const action = run.at === null ? undefined : actionAt(flow, run.at);
  if (!action) return { run, effects };
  const outcome = blocks[action.Type]?.on?.({ run, action, facts, effects }, event) ?? "stay";
  if (outcome === "stay") return { run, effects };
  effects.push({ kind: "hush" });
  return follow(flow, run, action, outcome, facts, effects);
}

function follow(
  flow: Flow,
  run: Run,
  { Transitions }: Action,
  outcome: Exclude<Outcome, "stay">,
  facts: Facts,
  effects: Effect[],
): Step {
  const next = outcome === "over" ? undefined : branch(Transitions, outcome);
  if (next !== undefined) return enter(flow, { ...run, at: next, notes: fresh() }, facts, effects);
  // A flow that runs out without saying how hangs up, as the vendor's does.
  if (outcome !== "over") effects.push({ kind: "disconnect" });
  return { run: { ...run, at: null }, effects };
}

function branch(
  { NextAction, Errors = [], Conditions = [] }: Action["Transitions"],
  outcome: { result?: string } | { error: string },
): string | undefined {
  const onError = (error: string) => Errors.find(({ ErrorType }) => ErrorType === error)?.NextAction;
  if ("error" in outcome) return onError(outcome.error) ?? onError("NoMatchingError") ?? NextAction;
  const { result } = outcome;
  if (result === undefined) return NextAction;
  const met = Conditions.find(({ Condition }) => holds(Condition, result));
  return met?.NextAction ?? onError("NoMatchingCondition") ?? NextAction;
}

function holds(
  { Operator, Operands: [operand = ""] }: { Operator: string; Operands: string[] },
  value: string,
) {
  switch (Operator) {
    case "Equals":
      return value === operand;
    case "TextStartsWith":
      return value.startsWith(operand);
    case "TextEndsWith":
      return value.endsWith(operand);
    case "TextContains":
      return value.includes(operand);
    case "NumberGreaterThan":
      return Number(value) > Number(operand);
    case "NumberGreaterOrEqualTo":
      return Number(value) >= Number(operand);
    case "NumberLessThan":
      return Number(value) < Number(operand);
    case "NumberLessOrEqualTo":
      return Number(value) <= Number(operand);
    default:
      return false;
  }
}

function enter(flow: Flow, begun: Run, facts: Facts, effects: Effect[]): Step {
  let run = begun;
  for (let count = 0; count < blocksMax; count++) {
    const action = run.at === null ? undefined : actionAt(flow, run.at);
    const block = action && blocks[action.Type];
    if (!action || !block) break;
    const outcome = block.enter({ run, action, facts, effects });
    if (outcome === "stay") return { run, effects };
    const next = outcome === "over" ? undefined : branch(action.Transitions, outcome);
    if (next === undefined) return follow(flow, run, action, outcome, facts, effects);
    run = { ...run, at: next, notes: fresh() };
  }
  effects.push({ kind: "disconnect" });
  return { run: { ...run, at: null }, effects };
}
