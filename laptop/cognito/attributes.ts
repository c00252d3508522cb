import { invalidParameter } from "./refuse";
import type { User } from "./state";

export type Attribute = { Name: string; Value?: string | undefined };

const known =
  /^(address|birthdate|family_name|gender|given_name|locale|middle_name|name|nickname|phone_number|phone_number_verified|picture|preferred_username|profile|website|zoneinfo|custom:[\w-]{1,20})$/;

/** Splits off what the pool manages itself. Unknown names are refused, as by a schema. Values: at most 2048 characters. */
export function readAttributes(given: Attribute[] = []) {
  const attributes: Record<string, string> = {};
  let email: string | undefined;
  let emailVerified: boolean | undefined;
  for (const { Name: name, Value: value = "" } of given) {
    if (value.length > 2048) invalidParameter(`Attribute value for ${name} is too long`);
    if (name === "email") email = readEmail(value);
    else if (name === "email_verified") emailVerified = value === "true";
    else if (name === "phone_number" && !/^\+[1-9]\d{1,14}$/.test(value))
      invalidParameter("Invalid phone number format.");
    else if (known.test(name)) attributes[name] = value;
    else
      invalidParameter(`Attributes did not conform to the schema: ${name}: attribute is not in the schema`);
  }
  return { attributes, email, emailVerified };
}

/** The pool signs in by e-mail address; an address is kept in lower case. */
export function readEmail(text: string): string {
  if (text.length > 254 || !/^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+\.[^\s@.]+$/.test(text))
    invalidParameter("Username should be an email.");
  return text.toLowerCase();
}

export function showAttributes(user: User): Array<{ Name: string; Value: string }> {
  const all = {
    sub: user.sub,
    email: user.email,
    email_verified: String(user.emailVerified),
    ...user.attributes,
  };
  return Object.entries(all).map(([Name, Value]) => ({ Name, Value }));
}

/** `j***@e***`: what a caller learns about where a code went. */
export function maskAddress(email: string): string {
  const [local = "", domain = ""] = email.split("@");
  return `${local.slice(0, 1)}***@${domain.slice(0, 1)}***`;
}
