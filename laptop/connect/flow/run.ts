import { blocks } from "./blocks";
import type { FlowData } from "./data";
import type { Action, Flow } from "./flow";
import type { Effect, Facts, FlowEvent, Outcome, Run } from "./turn";

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
