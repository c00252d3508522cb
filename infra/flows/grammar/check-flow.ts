import { blocks } from "./blocks";
import type { Action, Flow } from "./flow";

const actionsMax = 250;
/** Every character and word that Connect keeps out of identifiers. */
const badIdentifier =
  /[%:(\\/)=$,;[\]{}]|^(__proto__|constructor|__defineGetter__|__defineSetter__|toString|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|valueOf)$/;
const operators = new Set([
  "Equals",
  "TextStartsWith",
  "TextEndsWith",
  "TextContains",
  "NumberGreaterThan",
  "NumberGreaterOrEqualTo",
  "NumberLessThan",
  "NumberLessOrEqualTo",
]);

/** Where a block may go on, error branches included. */
export const nextOf = ({ Transitions: { NextAction, Errors = [], Conditions = [] } }: Action): string[] => [
  ...(NextAction === undefined ? [] : [NextAction]),
  ...Errors.map((branch) => branch.NextAction),
  ...Conditions.map((branch) => branch.NextAction),
];

/** All that Connect would refuse in a flow, and what would leave a caller in silence. Empty when it is well. */
export function checkFlow(flow: Flow): string[] {
  const wrong: string[] = [];
  const byId = new Map(flow.Actions.map((action) => [action.Identifier, action]));
  if (flow.Version !== "2019-10-30") wrong.push("Version must be 2019-10-30");
  if (flow.Actions.length > actionsMax) wrong.push(`a flow has up to ${actionsMax} actions`);
  if (byId.size !== flow.Actions.length) wrong.push("identifiers must differ");
  if (!byId.has(flow.StartAction)) wrong.push(`StartAction ${flow.StartAction} is not there`);
  for (const action of flow.Actions) {
    const said = [...checkBlock(flow, action), ...checkTransitions(action)];
    for (const id of nextOf(action)) if (!byId.has(id)) said.push(`goes on to ${id}, which is not there`);
    wrong.push(...said.map((what) => `${action.Identifier}: ${what}`));
  }
  const reached = reachable(flow, byId);
  for (const id of byId.keys()) if (!reached.has(id)) wrong.push(`${id}: is never reached`);
  return wrong;
}

function checkBlock({ Metadata }: Flow, { Identifier, Type, Parameters }: Action): string[] {
  const block = Object.hasOwn(blocks, Type) ? blocks[Type] : undefined;
  if (!block) return [`${Type} is no block that we know`];
  return [
    ...(Identifier.length > 50 || Identifier === "" || badIdentifier.test(Identifier)
      ? ["is no identifier"]
      : []),
    ...(block.flows.includes(Metadata.type) ? [] : [`${Type} may not stand in a ${Metadata.type}`]),
    ...block.parameters(Parameters, "Parameters"),
  ];
}

function checkTransitions({ Type, Transitions }: Action): string[] {
  const block = Object.hasOwn(blocks, Type) ? blocks[Type] : undefined;
  if (!block) return [];
  if (block.terminal)
    return Object.keys(Transitions).length === 0 ? [] : ["ends the flow and goes nowhere from here"];
  const { NextAction, Errors = [], Conditions = [] } = Transitions;
  const errors = Errors.map(({ ErrorType }) => ErrorType);
  return [
    ...(NextAction === undefined ? ["NextAction is missing"] : []),
    ...block.errors.filter((error) => !errors.includes(error)).map((error) => `${error} has no branch`),
    ...errors.filter((error) => !block.errors.includes(error)).map((error) => `${error} cannot happen here`),
    ...(new Set(errors).size === errors.length ? [] : ["an error has two branches"]),
    ...checkConditions(block.conditions, Conditions),
  ];
}

function checkConditions(
  allowed: (typeof blocks)[string]["conditions"],
  conditions: NonNullable<Action["Transitions"]["Conditions"]>,
): string[] {
  const operands = conditions.flatMap(({ Condition }) => Condition.Operands);
  const shape = conditions.flatMap(({ Condition: { Operator, Operands } }) =>
    operators.has(Operator) && Operands.length === 1
      ? []
      : [`a condition has one operand and an operator, not ${Operator}`],
  );
  switch (allowed.kind) {
    case "none":
      return conditions.length === 0 ? [] : ["takes no conditions"];
    case "free":
      return conditions.length === 0 ? ["needs a condition"] : shape;
    case "all": {
      // A hold flow's messages are never interrupted: then there is no condition either.
      const wanted =
        conditions.length === 0 && allowed.operands[0] === "MessagesInterrupted" ? [] : allowed.operands;
      return [
        ...shape,
        ...wanted.filter((each) => !operands.includes(each)).map((each) => `${each} has no branch`),
        ...operands
          .filter((each) => !allowed.operands.includes(each))
          .map((each) => `${each} cannot come of it`),
      ];
    }
  }
}

function reachable(flow: Flow, byId: Map<string, Action>): Set<string> {
  const reached = new Set<string>();
  const due = [flow.StartAction];
  for (let id = due.pop(); id !== undefined; id = due.pop()) {
    const action = byId.get(id);
    if (!action || reached.has(id)) continue;
    reached.add(id);
    due.push(...nextOf(action));
  }
  return reached;
}
