import type { FlowType } from "./flow";
import {
  exactly,
  fixed,
  integer,
  list,
  mapOf,
  object,
  oneOf,
  optional,
  type Rule,
  reference,
  resource,
  text,
} from "./parameters";

/** What the vendor documents of one type of block. */
export type Block = {
  parameters: Rule;
  /** The operands of its conditions: none allowed, these and no others, or any. */
  conditions: { kind: "none" } | { kind: "all"; operands: string[] } | { kind: "free" };
  /** Every one of these must have a branch, and no other error may. */
  errors: string[];
  flows: readonly FlowType[];
  /** It ends the flow: its transitions are empty. */
  terminal?: true;
};

const everywhere: readonly FlowType[] = ["contactFlow", "customerQueue", "customerHold", "agentWhisper"];
const none = { kind: "none" } as const;
const failed = ["NoMatchingError"];

const message = exactly(1, {
  PromptId: resource,
  Text: text,
});

/**
 * The blocks that our flows use, as the vendor's reference of the flow language gives them.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/flow-language-actions.html
 */
export const blocks: Record<string, Block> = {
  CheckHoursOfOperation: {
    parameters: object({ HoursOfOperationId: optional(resource) }),
    conditions: { kind: "all", operands: ["True", "False"] },
    errors: failed,
    flows: ["contactFlow", "customerQueue"],
  },
  Compare: {
    parameters: object({ ComparisonValue: reference }),
    conditions: { kind: "free" },
    errors: ["NoMatchingCondition"],
    flows: everywhere,
  },
  DisconnectParticipant: {
    parameters: object({}),
    conditions: none,
    errors: [],
    flows: ["contactFlow", "customerQueue"],
    terminal: true,
  },
  // The reference leaves hold flows out; the block's own page allows "all flows", and the vendor's default hold flow ends in it.
  EndFlowExecution: {
    parameters: object({}),
    conditions: none,
    errors: [],
    flows: ["customerQueue", "customerHold", "agentWhisper"],
    terminal: true,
  },
  /** With `StoreInput` the keys land in `$.StoredCustomerInput`, `Timeout` when none came; there are no conditions then. */
  GetParticipantInput: {
    parameters: object({
      Text: text,
      StoreInput: fixed("True"),
      InputTimeLimitSeconds: integer(1, 180),
      InputValidation: object({ CustomValidation: object({ MaximumLength: integer(1, 20) }) }),
      DTMFConfiguration: object({
        InputTerminationSequence: optional(fixed("#")),
        DisableCancelKey: oneOf("True", "False"),
        InterdigitTimeLimitSeconds: integer(1, 20),
      }),
    }),
    conditions: none,
    errors: failed,
    flows: ["contactFlow", "customerQueue"],
  },
  InvokeLambdaFunction: {
    parameters: object({
      LambdaFunctionARN: resource,
      InvocationTimeLimitSeconds: integer(1, 8),
      InvocationType: fixed("SYNCHRONOUS"),
      LambdaInvocationAttributes: optional(mapOf(text)),
      ResponseValidation: object({ ResponseType: fixed("STRING_MAP") }),
    }),
    conditions: none,
    errors: failed,
    flows: everywhere,
  },
  Loop: {
    parameters: object({ LoopCount: integer(0, 100) }),
    conditions: { kind: "all", operands: ["ContinueLooping", "DoneLooping"] },
    errors: [],
    flows: everywhere,
  },
  MessageParticipant: {
    parameters: message,
    conditions: none,
    errors: failed,
    flows: ["contactFlow", "customerQueue", "agentWhisper"],
  },
  MessageParticipantIteratively: {
    parameters: object({ Messages: list(message), InterruptFrequencySeconds: optional(integer(1, 3600)) }),
    conditions: { kind: "all", operands: ["MessagesInterrupted"] },
    errors: failed,
    flows: ["customerQueue", "customerHold"],
  },
  /** On success the contact waits in its queue and this flow is over: `NextAction` is where a failure goes. */
  TransferContactToQueue: {
    parameters: object({}),
    conditions: none,
    errors: ["QueueAtCapacity", "NoMatchingError"],
    flows: ["contactFlow"],
  },
  UpdateContactAttributes: {
    parameters: object({ Attributes: mapOf(text), TargetContact: oneOf("Current", "Related") }),
    conditions: none,
    errors: failed,
    flows: everywhere,
  },
  UpdateContactEventHooks: {
    parameters: object({
      EventHooks: exactly(1, { CustomerQueue: resource, CustomerHold: resource, AgentWhisper: resource }),
    }),
    conditions: none,
    errors: failed,
    flows: everywhere,
  },
  UpdateContactTargetQueue: {
    parameters: exactly(1, { QueueId: resource, AgentId: resource }),
    conditions: none,
    errors: failed,
    flows: ["contactFlow"],
  },
  UpdateFlowLoggingBehavior: {
    parameters: object({ FlowLoggingBehavior: oneOf("Enabled", "Disabled") }),
    conditions: none,
    errors: [],
    flows: everywhere,
  },
};
