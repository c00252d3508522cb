/**
 * Decodes base64url (RFC 4648 §5) only as we would have written it: no padding, no white space, no stray bits at the end.
 * Node's own decoder forgives all of these, and each forgiveness makes a second text for the same token. Null: not canonical.
 */
export function decodeCanonical(text: string): Buffer | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return null;
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : null;
}
