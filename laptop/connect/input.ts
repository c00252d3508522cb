import { VendorError } from "../http/vendor-error";

export type Input = Record<string, unknown>;
export type Json = Record<string, unknown>;

export const invalidRequest = (message: string) => new VendorError("InvalidRequestException", message);
export const notFound = (what: string) =>
  new VendorError("ResourceNotFoundException", `${what} not found`, 404);

/** Ids and ARNs are the same to Connect. @returns the last part, or "" for what is neither. */
export const bareId = (value: unknown) =>
  typeof value === "string" ? value.slice(value.lastIndexOf("/") + 1) : "";

/** All of a contact's attributes together. Bytes of UTF-8. */
const attributesMaxBytes = 32_768;

export const attributesFit = (attributes: Record<string, string>) =>
  Buffer.byteLength(JSON.stringify(attributes)) <= attributesMaxBytes;

export function attributesOf(value: unknown): Record<string, string> {
  const attributes = value ?? {};
  if (typeof attributes !== "object" || Array.isArray(attributes))
    throw invalidRequest("Attributes must map strings to strings");
  for (const [name, text] of Object.entries(attributes))
    if (!/^[\w-]{1,32767}$/.test(name) || typeof text !== "string")
      throw invalidRequest(`Attribute ${name.slice(0, 40)} is not valid`);
  if (!attributesFit(attributes as Record<string, string>)) throw invalidRequest("Attributes exceed 32 KB");
  return attributes as Record<string, string>;
}

export type AllowedCapabilities = { customerVideo: boolean; agentVideo: boolean; screenShare: boolean };

/** Without AllowedCapabilities a contact has sound alone; `SEND` is the only word there is. */
export function capabilitiesOf(value: unknown): AllowedCapabilities {
  const { Customer: customer = {}, Agent: agent = {} } = (value ?? {}) as Record<string, Input>;
  const may = (party: Input, what: string) => {
    if (party[what] === undefined) return false;
    if (party[what] !== "SEND") throw invalidRequest(`${what} may be SEND`);
    return true;
  };
  const customerShares = may(customer, "ScreenShare");
  return {
    customerVideo: may(customer, "Video"),
    agentVideo: may(agent, "Video"),
    screenShare: may(agent, "ScreenShare") || customerShares,
  };
}
