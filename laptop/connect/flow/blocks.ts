import { attributesFit } from "../input";
import { resolve, stringMap, wordsOf } from "./data";
import type { Block, Effect, HookEvent, Outcome, Said, Turn } from "./turn";

type Parameters = Record<string, unknown>;

const goOn: Outcome = {};
const failed: Outcome = { error: "NoMatchingError" };
const seconds = (value: unknown) => Number(value) * 1_000;

/** What a message says; null for a prompt that is not there. */
function saidOf(message: Parameters, { run }: Turn): Said | null {
  if (message.Text !== undefined) return { text: wordsOf(message.Text, run.data) };
  const promptId = resolve(message.PromptId, run.data);
  return promptId === undefined ? null : { promptId };
}

function say(turn: Turn, message: Parameters): Outcome {
  const said = saidOf(message, turn);
  if (!said) return failed;
  turn.effects.push({ kind: "say", said });
  return "stay";
}

const wordsIn = (map: unknown, { run }: Turn) =>
  Object.fromEntries(
    Object.entries((map ?? {}) as Parameters).map(([name, value]) => [name, wordsOf(value, run.data)]),
  );

const ends = (effect?: Effect): Block => ({
  enter({ effects }) {
    if (effect) effects.push(effect);
    return "over";
  },
});

const invokeLambdaFunction: Block = {
  enter(turn) {
    const { LambdaFunctionARN, InvocationTimeLimitSeconds, LambdaInvocationAttributes } =
      turn.action.Parameters;
    const functionArn = resolve(LambdaFunctionARN, turn.run.data);
    turn.run.data.external = {}; // only the last answer survives, also one that never came
    if (functionArn === undefined) return failed;
    turn.effects.push({
      kind: "invoke",
      functionArn,
      parameters: wordsIn(LambdaInvocationAttributes, turn),
      timeoutMs: seconds(InvocationTimeLimitSeconds),
    });
    return "stay";
  },
  on({ run }, event) {
    if (event.kind === "unanswered") return failed;
    if (event.kind !== "answered") return "stay";
    const answer = stringMap(event.payload);
    if (!answer) return failed;
    run.data.external = answer;
    return goOn;
  },
};

const messageParticipant: Block = {
  enter: (turn) => say(turn, turn.action.Parameters),
  on(_, event) {
    if (event.kind === "heard") return goOn;
    return event.kind === "unheard" ? failed : "stay";
  },
};

const messagesOf = ({ action }: Turn) => action.Parameters.Messages as Parameters[];

const messageParticipantIteratively: Block = {
  enter(turn) {
    const { InterruptFrequencySeconds: interrupt } = turn.action.Parameters;
    const outcome = say(turn, messagesOf(turn)[0] ?? {});
    if (outcome === "stay" && interrupt !== undefined)
      turn.effects.push({ kind: "alarm", ms: seconds(interrupt) });
    return outcome;
  },
  on(turn, event) {
    const { notes } = turn.run;
    switch (event.kind) {
      case "heard":
        notes.message = (notes.message + 1) % messagesOf(turn).length;
        return say(turn, messagesOf(turn)[notes.message] ?? {});
      case "unheard":
        return failed;
      case "alarm":
        return { result: "MessagesInterrupted" };
      default:
        return "stay";
    }
  },
};

const getParticipantInput: Block = {
  enter(turn) {
    turn.run.notes.prompting = true;
    return say(turn, turn.action.Parameters);
  },
  on({ run, action, effects }, event) {
    const { notes } = run;
    const { InputTimeLimitSeconds: limit } = action.Parameters;
    const alarm = (value: unknown) => effects.push({ kind: "alarm", ms: seconds(value) });
    switch (event.kind) {
      case "heard":
        notes.prompting = false;
        alarm(limit);
        return "stay";
      case "unheard":
        return failed;
      case "alarm":
        run.data.storedInput = notes.keys || "Timeout";
        return goOn;
      case "key": {
        if (notes.prompting) effects.push({ kind: "hush" }); // a key interrupts the prompt
        notes.prompting = false;
        const { DTMFConfiguration, InputValidation } = action.Parameters as Record<string, Parameters>;
        const { MaximumLength } = (InputValidation?.CustomValidation ?? {}) as Parameters;
        const isEnd = event.key === DTMFConfiguration?.InputTerminationSequence;
        if (event.key === "*" && DTMFConfiguration?.DisableCancelKey !== "True") {
          notes.keys = ""; // begun anew
          alarm(limit);
          return "stay";
        }
        if (!isEnd) notes.keys += event.key;
        if (isEnd || notes.keys.length >= Number(MaximumLength)) {
          run.data.storedInput = notes.keys;
          return goOn;
        }
        alarm(DTMFConfiguration?.InterdigitTimeLimitSeconds);
        return "stay";
      }
      default:
        return "stay";
    }
  },
};

const updateContactAttributes: Block = {
  enter(turn) {
    const set = wordsIn(turn.action.Parameters.Attributes, turn);
    const all = { ...turn.run.data.attributes, ...set };
    if (!attributesFit(all)) return failed; // all of them are set, or none
    turn.run.data.attributes = all;
    turn.effects.push({ kind: "set-attributes", attributes: set });
    return goOn;
  },
};

const updateContactEventHooks: Block = {
  enter({ run, action, facts, effects }) {
    const [[event, flow] = []] = Object.entries((action.Parameters.EventHooks ?? {}) as Parameters);
    const flowId = resolve(flow, run.data);
    if (flowId === undefined || !facts.hasFlow(flowId)) return failed;
    effects.push({ kind: "set-hook", event: event as HookEvent, flowId });
    return goOn;
  },
};

const updateContactTargetQueue: Block = {
  enter({ run, action, facts }) {
    const queueId = resolve(action.Parameters.QueueId, run.data);
    const agentId = resolve(action.Parameters.AgentId, run.data);
    if (queueId !== undefined && facts.hasQueue(queueId)) {
      run.target = { queueId };
      return goOn;
    }
    if (agentId !== undefined && facts.hasAgent(agentId)) {
      run.target = { agentId };
      return goOn;
    }
    return failed;
  },
};

const transferContactToQueue: Block = {
  enter({ run: { target }, facts, effects }) {
    const room = target && facts.hasRoom(target);
    if (!target || room === null) return failed;
    if (!room) return { error: "QueueAtCapacity" };
    effects.push({ kind: "enqueue", target });
    return "over";
  },
};

const checkHoursOfOperation: Block = {
  enter({ run, action, facts }) {
    const open = facts.isOpen(resolve(action.Parameters.HoursOfOperationId, run.data), run.target);
    return open === null ? failed : { result: open ? "True" : "False" };
  },
};

const loop: Block = {
  enter({ run, action }) {
    const been = run.loops[action.Identifier] ?? 0;
    const isDone = been >= Number(action.Parameters.LoopCount);
    run.loops[action.Identifier] = isDone ? 0 : been + 1;
    return { result: isDone ? "DoneLooping" : "ContinueLooping" };
  },
};

/** Every block that our flows use. @see https://docs.aws.amazon.com/connect/latest/APIReference/flow-language-actions.html */
export const blocks: Record<string, Block> = {
  CheckHoursOfOperation: checkHoursOfOperation,
  Compare: {
    enter: ({ run, action }) => ({ result: resolve(action.Parameters.ComparisonValue, run.data) ?? "" }),
  },
  DisconnectParticipant: ends({ kind: "disconnect" }),
  EndFlowExecution: ends(),
  GetParticipantInput: getParticipantInput,
  InvokeLambdaFunction: invokeLambdaFunction,
  Loop: loop,
  MessageParticipant: messageParticipant,
  MessageParticipantIteratively: messageParticipantIteratively,
  TransferContactToQueue: transferContactToQueue,
  UpdateContactAttributes: updateContactAttributes,
  UpdateContactEventHooks: updateContactEventHooks,
  UpdateContactTargetQueue: updateContactTargetQueue,
  UpdateFlowLoggingBehavior: { enter: () => goOn },
};
