import { randomBytes, randomInt, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { refuse } from "./refuse";
import { verifierFor } from "./srp";

const derive = promisify(scrypt) as (password: string, salt: Buffer, bytes: number) => Promise<Buffer>;

/** Hex. `hash` serves the flows that carry the password, `verifier` the one that does not (SRP). */
export type PasswordRecord = { salt: string; hash: string; srpSalt: string; verifier: string };

const rules: Array<[RegExp, string]> = [
  [/^.{8,}$/su, "Password not long enough"],
  [/^.{0,256}$/su, "Password too long"],
  [/^\S(.*\S)?$/su, "Password must not start or end with a space"],
  [/[a-z]/, "Password must have lowercase characters"],
  [/[A-Z]/, "Password must have uppercase characters"],
  [/[0-9]/, "Password must have numeric characters"],
  [/[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+= ]/, "Password must have symbol characters"],
];

/** The vendor's default policy: 8 to 256 characters, upper and lower case, a digit, a symbol. */
export function checkPolicy(password: string): void {
  const broken = rules.find(([rule]) => !rule.test(password));
  if (broken) refuse("InvalidPasswordException", `Password did not conform with policy: ${broken[1]}`);
}

export async function hashPassword(poolId: string, sub: string, password: string): Promise<PasswordRecord> {
  const salt = randomBytes(16);
  const srpSalt = randomBytes(16).toString("hex");
  return {
    salt: salt.toString("hex"),
    hash: (await derive(password, salt, 32)).toString("hex"),
    srpSalt,
    verifier: verifierFor(poolName(poolId), sub, password, srpSalt),
  };
}

export async function passwordMatches(record: PasswordRecord, password: string): Promise<boolean> {
  const derived = await derive(password, Buffer.from(record.salt, "hex"), 32);
  return timingSafeEqual(derived, Buffer.from(record.hash, "hex"));
}

/** What stands after the region: the part of a pool's id that SRP mixes into its proofs. */
export const poolName = (poolId: string) => poolId.slice(poolId.indexOf("_") + 1);

/** A first password for somebody whom an administrator invites. Meets the policy. */
export function temporaryPassword(): string {
  const letters = (from: string, length: number) =>
    Array.from({ length }, () => from[randomInt(from.length)]).join("");
  return `${letters("ABCDEFGHJKLMNPQRSTUVWXYZ", 3)}${letters("abcdefghijkmnpqrstuvwxyz", 5)}${letters("23456789", 3)}${letters("!#%+=", 1)}`;
}
