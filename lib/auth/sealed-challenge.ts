import { z } from "zod";
import type { Keyring } from "@/lib/keyring/keyring";
import { SealBroken } from "@/lib/ports/cipher";
import type { AppClient, Challenge } from "@/lib/ports/identity";

const shape = z.object({
  challenge: z.string(),
  session: z.string(),
  username: z.string(),
  /** As typed: failed second steps count against it. */
  email: z.string(),
});
export type OpenChallenge = z.output<typeof shape>;

const purpose = "sign-in-challenge";
const aad = (client: AppClient) => `challenge ${client}`;

/** What a caller holds between the two steps: Cognito's session and whose it is, opaque to them and good at this door alone. base64url. */
export function sealChallenge(
  keyring: Keyring,
  client: AppClient,
  email: string,
  challenge: Challenge,
): string {
  return keyring.seal(purpose, JSON.stringify({ ...challenge, email }), aad(client)).toString("base64url");
}

/** @returns null for anything that we did not seal for this door. What we did seal and cannot read is a fault of ours, and thrown. */
export function openChallenge(keyring: Keyring, client: AppClient, sealed: string): OpenChallenge | null {
  let opened: Buffer;
  try {
    opened = keyring.unseal(purpose, Buffer.from(sealed, "base64url"), aad(client));
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
  return shape.parse(JSON.parse(opened.toString("utf8")));
}
