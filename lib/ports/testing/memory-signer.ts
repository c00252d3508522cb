import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { Signer } from "../signer";

/** A vault in memory, with real P-256 keys. `rotate` starts a new key and keeps the old ones valid; `forget` stops accepting one. */
export function memorySigner(): Signer & { rotate(): void; forget(keyId: string): void } {
  const keys = new Map<string, { privateKey: KeyObject; publicKey: KeyObject }>();
  let current = "";
  const rotate = () => {
    current = `memory-${keys.size + 1}`;
    keys.set(current, generateKeyPairSync("ec", { namedCurve: "P-256" }));
  };
  rotate();
  return {
    rotate,
    forget: (keyId) => void keys.delete(keyId),
    currentKeyId: async () => current,
    async sign(message) {
      const key = keys.get(current);
      if (!key) throw new Error("the vault's current key was forgotten");
      const signature = sign("sha256", message, { key: key.privateKey, dsaEncoding: "ieee-p1363" });
      return { keyId: current, signature };
    },
    publicKey: async (keyId) => keys.get(keyId)?.publicKey ?? null,
  };
}
