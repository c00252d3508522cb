import { VendorError } from "../http/vendor-error";
import type { EncryptionContext } from "./envelope";
import type { KeyStore, StoredKey } from "./keys";

export type Input = Record<string, unknown>;

/** What an operation works on. `changed` has the keys on disk when it returns. `now` in milliseconds since 1970. */
export type KmsContext = { store: KeyStore; region: string; now: () => number; changed: () => void };
export type Operation = (kms: KmsContext, input: Input) => Record<string, unknown>;

/** The account of everything on a laptop: one that no customer of the vendor can have. */
export const account = "000000000000";
export const arnOf = (kms: KmsContext, key: StoredKey) =>
  `arn:aws:kms:${kms.region}:${account}:key/${key.keyId}`;

export const invalid = (message: string) => new VendorError("ValidationException", message);

/** A blob of the JSON protocol: standard base64, 1 to `max` bytes. */
export function bytes(input: Input, name: string, max: number): Buffer {
  const value = input[name];
  if (typeof value !== "string" || !/^[A-Za-z0-9+/]+={0,2}$/.test(value))
    throw invalid(`${name} must be a blob`);
  const decoded = Buffer.from(value, "base64");
  if (decoded.length < 1 || decoded.length > max) throw invalid(`${name} must have 1 to ${max} bytes`);
  return decoded;
}

export function contextOf(input: Input): EncryptionContext {
  const context = input.EncryptionContext ?? {};
  const strings =
    typeof context === "object" &&
    context !== null &&
    !Array.isArray(context) &&
    Object.values(context).every((value) => typeof value === "string");
  if (!strings) throw invalid("EncryptionContext must map strings to strings");
  if (JSON.stringify(context).length > 8192) throw invalid("EncryptionContext is too large");
  return context as EncryptionContext;
}
