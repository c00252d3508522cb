import { parsePhoneNumberFromString } from "libphonenumber-js/max";

declare const e164: unique symbol;
/** A telephone number as ITU-T E.164 writes it: `+` and up to 15 digits. Made only by `parsePhone`. */
export type E164 = string & { readonly [e164]: true };

/** Reads what a person typed. National numbers are read as of `defaultCountry`. Null when no such number can exist. */
export function parsePhone(typed: string, defaultCountry: "US" = "US"): E164 | null {
  const number = parsePhoneNumberFromString(typed, defaultCountry);
  return number?.isPossible() ? (number.number as string as E164) : null;
}

/** `***-***-1234`: enough for its owner to know it, not enough to dial (seed 4, notify). */
export function maskPhone(number: string): string {
  return `***-***-${number.slice(-4)}`;
}

/** `j***@example.com` (seed 4, notify). */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 1 ? "***" : `${address[0]}***${address.slice(at)}`;
}
