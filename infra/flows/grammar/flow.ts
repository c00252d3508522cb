/** A flow in Amazon Connect's flow language. @see https://docs.aws.amazon.com/connect/latest/APIReference/flow-language.html */
export type Flow = {
  Version: "2019-10-30";
  StartAction: string;
  Metadata: { name: string; type: FlowType };
  Actions: Action[];
};
/** What a flow is for; it decides which blocks may stand in it. */
export type FlowType = "contactFlow" | "customerQueue" | "customerHold" | "agentWhisper";
export type Action = {
  Identifier: string;
  Type: string;
  Parameters: Record<string, unknown>;
  Transitions: {
    NextAction?: string;
    Errors?: Array<{ ErrorType: string; NextAction: string }>;
    Conditions?: Array<{ NextAction: string; Condition: { Operator: string; Operands: string[] } }>;
  };
};
