/** What a function of a SIP media application may answer. @see https://docs.aws.amazon.com/chime-sdk/latest/dg/invoke-on-call-leg.html */
export type Action = { type: string; parameters: Record<string, unknown> };
export type Answer = {
  actions: Action[];
  /** undefined: stays as it was. */
  attributes: Record<string, string> | undefined;
};

const actionsMax = 10;
const attributesMax = 100;
const attributesMaxBytes = 20 * 1024;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @returns a sentence where it is none. */
export function readAnswer(payload: unknown): Answer | string {
  if (!isRecord(payload)) return "The answer is not an object";
  if (payload.SchemaVersion !== "1.0") return "SchemaVersion is not 1.0";
  const given = payload.Actions ?? [];
  if (!Array.isArray(given) || given.length > actionsMax) return `Actions takes up to ${actionsMax} actions`;
  const actions: Action[] = [];
  for (const action of given as unknown[]) {
    if (!isRecord(action) || typeof action.Type !== "string") return "An action has no Type";
    if (action.Parameters !== undefined && !isRecord(action.Parameters)) return "Parameters is not an object";
    actions.push({ type: action.Type, parameters: action.Parameters ?? {} });
  }
  const attributes = readAttributes(payload.TransactionAttributes);
  return typeof attributes === "string" ? attributes : { actions, attributes };
}

function readAttributes(value: unknown): Record<string, string> | undefined | string {
  if (value === undefined) return undefined;
  if (value === null) return {};
  if (!isRecord(value) || Object.values(value).some((one) => typeof one !== "string"))
    return "TransactionAttributes takes strings";
  if (
    Object.keys(value).length > attributesMax ||
    Buffer.byteLength(JSON.stringify(value)) > attributesMaxBytes
  )
    return `TransactionAttributes takes up to ${attributesMax} pairs and ${attributesMaxBytes} bytes`;
  return value as Record<string, string>;
}
