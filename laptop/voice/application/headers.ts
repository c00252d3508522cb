const headersMax = 20;
const valueMax = 2_048;

/**
 * SIP headers that a caller of the API or a function may set.
 * @returns a sentence where they may not.
 * @see https://docs.aws.amazon.com/chime-sdk/latest/dg/sip-headers.html
 */
export function readSipHeaders(value: unknown): Record<string, string> | string {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) return "SipHeaders takes names and values";
  const headers = Object.entries(value);
  if (headers.length > headersMax) return `SipHeaders takes up to ${headersMax} headers`;
  for (const [name, text] of headers) {
    if (!/^(x-[A-Za-z0-9-]{1,62}|user-to-user|diversion)$/i.test(name) || /^x-amzn/i.test(name))
      return `${name.slice(0, 64)} is no header that may be set`;
    if (typeof text !== "string" || text.length > valueMax || /[^\x20-\x7e]/.test(text))
      return `${name} takes up to ${valueMax} printable characters`;
  }
  return Object.fromEntries(headers) as Record<string, string>;
}
