import { randomInt, timingSafeEqual } from "node:crypto";
import { maskAddress } from "./attributes";
import type { Cognito } from "./context";
import { refuse, tooOften } from "./refuse";
import type { CodePurpose, Pool, User } from "./state";

const day = 24 * 3600;
const mails: Record<CodePurpose, { seconds: number; subject: string; text: (code: string) => string }> = {
  "sign-up": {
    seconds: day,
    subject: "Your verification code",
    text: (code) => `Your confirmation code is ${code}. It can be used once, within 24 hours.`,
  },
  password: {
    seconds: 3600,
    subject: "Your password reset code",
    text: (code) => `Your password reset code is ${code}. It can be used once, within one hour.`,
  },
};

/** Where the code is said to have gone: the same for people who don't exist. */
export const deliveryTo = (email: string) => ({
  AttributeName: "email",
  DeliveryMedium: "EMAIL",
  Destination: maskAddress(email),
});

/** Counts a mail, whether or not anybody is there to get it. */
export function countMail(cognito: Cognito, pool: Pool, who: string): void {
  const key = `${pool.id} ${who}`;
  if (cognito.codeMails.reached(key)) tooOften();
  cognito.codeMails.hit(key);
}

/** A new code replaces the last one of its purpose. */
export function sendCode(cognito: Cognito, pool: Pool, user: User, purpose: CodePurpose) {
  countMail(cognito, pool, user.sub);
  const { seconds, subject, text } = mails[purpose];
  const value = randomInt(1_000_000).toString().padStart(6, "0");
  user.codes[purpose] = { value, expiresAt: cognito.now() + seconds * 1000 };
  cognito.changed();
  cognito.deliver({ to: user.email, subject, text: text(value) });
  return deliveryTo(user.email);
}

/** Returns when the code is right, and spends it. Five misses an hour, resends included. */
export function spendCode(
  cognito: Cognito,
  pool: Pool,
  user: User,
  purpose: CodePurpose,
  given: string,
): void {
  const live = checkTries(cognito, pool, user.sub) ?? user.codes[purpose];
  const right = live && given.length === 6 && timingSafeEqual(padded(given), padded(live.value));
  if (!right) missed(cognito, pool, user.sub);
  if (live && live.expiresAt <= cognito.now())
    refuse("ExpiredCodeException", "Invalid code provided, please request a code again.");
  delete user.codes[purpose];
  cognito.changed();
}

export function checkTries(cognito: Cognito, pool: Pool, who: string): undefined {
  if (cognito.codeMisses.reached(`${pool.id} ${who}`))
    refuse("TooManyFailedAttemptsException", "Too many failed attempts. Try again later.");
}

/** The answer to a wrong code, and to any code for somebody who doesn't exist. */
export function missed(cognito: Cognito, pool: Pool, who: string): never {
  cognito.codeMisses.hit(`${pool.id} ${who}`);
  return refuse("CodeMismatchException", "Invalid verification code provided, please try again.");
}

const padded = (code: string) => Buffer.from(code.padEnd(24).slice(0, 24), "utf8").subarray(0, 24);
