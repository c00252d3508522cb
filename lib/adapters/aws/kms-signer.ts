import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { GetPublicKeyCommand, KMSClient, SignCommand } from "@aws-sdk/client-kms";
import type { Env } from "@/lib/env";
import type { Clock } from "@/lib/kernel/clock";
import type { Signer } from "@/lib/ports/signer";
import { type CloudEnv, clientOptions, withinDeadline } from "./client-options";
import { rawSignature } from "./der";

type LoadedKey = { keyId: string; arn: string; key: KeyObject };

/** An alias may be pointed at a new key while we run; we look again this often. Milliseconds. */
const aliasFreshMs = 300_000;
/** An unknown `kid` makes us look again, but a flood of them must not become a flood at the vault. Milliseconds. */
const unknownCooldownMs = 10_000;

/**
 * ES256 through KMS. The private key never leaves the vault; public keys are fetched once, imported once and cached.
 * `kid` is the start of the SHA-256 of the public key (SPKI), so every process names a key alike without asking.
 */
export function kmsSigner({
  env,
  clock,
}: {
  env: CloudEnv & Pick<Env, "VIDEO_JWT_KMS_KEY_ID" | "VIDEO_JWT_KMS_RETIRED_KEY_IDS">;
  clock: Clock;
}): Signer {
  const kms = new KMSClient(clientOptions(env));
  let accepted = new Map<string, LoadedKey>();
  let current: LoadedKey | null = null;
  let loadedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | null = null;

  async function load(id: string): Promise<LoadedKey> {
    const answer = await kms.send(new GetPublicKeyCommand({ KeyId: id }), withinDeadline());
    if (!answer.PublicKey || !answer.KeyId) throw new Error("KMS answered GetPublicKey without a key");
    const spki = Buffer.from(answer.PublicKey);
    return {
      keyId: createHash("sha256").update(spki).digest("base64url").slice(0, 16),
      arn: answer.KeyId,
      key: createPublicKey({ key: spki, format: "der", type: "spki" }),
    };
  }

  async function reload(): Promise<void> {
    const [first, ...retired] = await Promise.all(
      [env.VIDEO_JWT_KMS_KEY_ID, ...env.VIDEO_JWT_KMS_RETIRED_KEY_IDS].map(load),
    );
    if (!first) throw new Error("no signing key");
    // The key that signed until now stays accepted: its tokens are still in people's hands.
    accepted = new Map([
      ...accepted,
      ...[...retired, first].map((loaded) => [loaded.keyId, loaded] as const),
    ]);
    current = first;
    loadedAt = clock.now().getTime();
  }

  async function fresh(maxAgeMs: number): Promise<LoadedKey> {
    if (!current || clock.now().getTime() - loadedAt > maxAgeMs) {
      loading ??= reload().finally(() => {
        loading = null;
      });
      await loading;
    }
    if (!current) throw new Error("no signing key");
    return current;
  }

  return {
    async currentKeyId() {
      return (await fresh(aliasFreshMs)).keyId;
    },
    async sign(message) {
      const key = await fresh(aliasFreshMs);
      const answer = await kms.send(
        new SignCommand({
          KeyId: key.arn,
          Message: createHash("sha256").update(message).digest(),
          MessageType: "DIGEST",
          SigningAlgorithm: "ECDSA_SHA_256",
        }),
        withinDeadline(),
      );
      if (!answer.Signature) throw new Error("KMS answered Sign without a signature");
      return { keyId: key.keyId, signature: rawSignature(answer.Signature) };
    },
    async publicKey(keyId) {
      await fresh(Number.POSITIVE_INFINITY);
      if (!accepted.has(keyId)) await fresh(unknownCooldownMs);
      return accepted.get(keyId)?.key ?? null;
    },
  };
}
