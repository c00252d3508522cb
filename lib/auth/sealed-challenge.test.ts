import { expect, test } from "vitest";
import { keyringOf } from "@/lib/keyring/derive";
import type { Keyring } from "@/lib/keyring/keyring";
import { openChallenge, sealChallenge } from "./sealed-challenge";

const keyring = keyringOf([{ id: "11111111-1111-4111-8111-111111111111", bytes: Buffer.alloc(32, 7) }]);
const challenge = { challenge: "SOFTWARE_TOKEN_MFA", session: "s", username: "u" };
const sealed = sealChallenge(keyring, "web", "a@example.test", challenge);

test("what we sealed for a door opens there, and at no other", () => {
  expect(openChallenge(keyring, "web", sealed)).toEqual({ ...challenge, email: "a@example.test" });
  expect(openChallenge(keyring, "api", sealed)).toBeNull();
});

test("a stranger's bytes are nobody's second step", () => {
  for (const made of ["", "x", "%%%", sealed.slice(0, -4), `_${sealed.slice(1)}`, "A".repeat(8192)])
    expect(openChallenge(keyring, "web", made), made.slice(0, 20)).toBeNull();
});

test("a keyring that fails is a fault, and never told as a sign-in that took too long", () => {
  const broken: Keyring = {
    ...keyring,
    unseal: () => {
      throw new TypeError("the keyring is broken");
    },
  };
  expect(() => openChallenge(broken, "web", sealed)).toThrow("the keyring is broken");
  const odd = keyring.seal("sign-in-challenge", "no JSON", "challenge web").toString("base64url");
  expect(() => openChallenge(keyring, "web", odd)).toThrow(SyntaxError);
});
