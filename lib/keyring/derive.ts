import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { SealBroken } from "@/lib/ports/cipher";
import type { Keyring, Purpose } from "./keyring";

type Key = { id: string; bytes: Buffer };

const version = 1;
/** version (1) ‖ key id (16) ‖ salt (16) ‖ ciphertext ‖ tag (16) */
const headLength = 33;
const tagLength = 16;

/** @param keys accepted keys of 32 random bytes, the newest last; at least one. */
export function keyringOf(keys: readonly Key[]): Keyring {
  const current = keys.at(-1);
  if (!current) throw new Error("a keyring needs a key");
  const newestFirst = [...keys].reverse();
  const purposeKeys = new Map<string, Buffer>();
  const purposeKey = (key: Key, use: string) => {
    const name = `${key.id} ${use}`;
    const known = purposeKeys.get(name);
    if (known) return known;
    const derived = Buffer.from(hkdfSync("sha256", key.bytes, Buffer.alloc(0), `vouchsafe ${use}`, 32));
    purposeKeys.set(name, derived);
    return derived;
  };
  const hashWith = (key: Key, purpose: Purpose, value: string) =>
    createHmac("sha256", purposeKey(key, `hash ${purpose}`))
      .update(value, "utf8")
      .digest();
  const hashes = (purpose: Purpose, value: string) => newestFirst.map((key) => hashWith(key, purpose, value));

  return {
    currentKeyId: current.id,
    hash: (purpose, value) => hashWith(current, purpose, value),
    hashes,
    matches: (purpose, value, hash) =>
      hash.length === 32 &&
      hashes(purpose, value)
        .map((own) => timingSafeEqual(own, hash))
        .includes(true),
    seal(purpose, plaintext, aad, secret = "") {
      const salt = randomBytes(16);
      const { key, nonce } = messageKey(purposeKey(current, `seal ${purpose}`), salt, secret);
      const head = Buffer.concat([Buffer.of(version), idBytes(current.id), salt]);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(
        Buffer.concat([head, Buffer.from(aad)]),
      );
      return Buffer.concat([
        head,
        cipher.update(Buffer.from(plaintext)),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
    },
    unseal(purpose, given, aad, secret = "") {
      const sealed = Buffer.from(given);
      if (sealed.length < headLength + tagLength || sealed[0] !== version)
        throw new SealBroken("not sealed by a keyring");
      const head = sealed.subarray(0, headLength);
      const used = keys.find((key) => idBytes(key.id).equals(head.subarray(1, 17)));
      if (!used) throw new SealBroken("sealed under a key that is not accepted any more");
      const { key, nonce } = messageKey(purposeKey(used, `seal ${purpose}`), head.subarray(17), secret);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
      decipher.setAAD(Buffer.concat([head, Buffer.from(aad)])).setAuthTag(sealed.subarray(-tagLength));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(headLength, -tagLength)), decipher.final()]);
      } catch (cause) {
        throw new SealBroken("the bytes, their place or their secret are not as sealed", { cause });
      }
    },
    secret: (purpose) => Buffer.from(purposeKey(current, `secret ${purpose}`)),
  };
}

/** A key and nonce for one message alone, from its random salt: no count of messages wears a purpose's key out, as bare 96-bit nonces would. */
function messageKey(purposeKey: Buffer, salt: Buffer, secret: string): { key: Buffer; nonce: Buffer } {
  const bytes = Buffer.from(
    hkdfSync(
      "sha256",
      purposeKey,
      salt,
      createHmac("sha256", purposeKey).update(secret, "utf8").digest(),
      44,
    ),
  );
  return { key: bytes.subarray(0, 32), nonce: bytes.subarray(32) };
}

function idBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll("-", ""), "hex");
}
