import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import type { Env } from "@/lib/env";
import { type Cipher, SealBroken } from "@/lib/ports/cipher";
import { type CloudEnv, clientOptions, withinDeadline } from "./client-options";
import { errorName } from "./cloud-errors";

/** version 1 | length of the wrapped key, 2 bytes | wrapped key | nonce, 12 | ciphertext | tag, 16 */
const version = 1;
const headBytes = 3;
const nonceBytes = 12;
const tagBytes = 16;

/** The context in one spelling, so that the order of its members cannot matter. */
function associatedData(context: Record<string, string>): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** Envelope encryption: KMS wraps a fresh data key for each seal; AES-256-GCM does the rest here (NIST SP 800-38D). */
export function kmsCipher({ env }: { env: CloudEnv & Pick<Env, "VIDEO_RECORDINGS_KMS_KEY_ID"> }): Cipher {
  const kms = new KMSClient(clientOptions(env));
  const keyId = env.VIDEO_RECORDINGS_KMS_KEY_ID;

  return {
    async seal(plaintext, context) {
      const dataKey = await kms.send(
        new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: "AES_256", EncryptionContext: context }),
        withinDeadline(),
      );
      if (!dataKey.Plaintext || !dataKey.CiphertextBlob)
        throw new Error("KMS answered GenerateDataKey without a key");
      const wrapped = dataKey.CiphertextBlob;
      const head = Buffer.alloc(headBytes);
      head.writeUInt8(version, 0);
      head.writeUInt16BE(wrapped.length, 1);
      const nonce = randomBytes(nonceBytes);
      const aes = createCipheriv("aes-256-gcm", dataKey.Plaintext, nonce).setAAD(associatedData(context));
      const body = Buffer.concat([aes.update(plaintext), aes.final()]);
      dataKey.Plaintext.fill(0);
      return Buffer.concat([head, wrapped, nonce, body, aes.getAuthTag()]);
    },

    async open(sealed, context) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const wrappedLength = bytes.length > headBytes ? bytes.readUInt16BE(1) : 0;
      const bodyAt = headBytes + wrappedLength + nonceBytes;
      if (bytes[0] !== version || wrappedLength === 0 || bytes.length < bodyAt + tagBytes)
        throw new SealBroken("not a seal of ours");
      const dataKey = await kms
        .send(
          new DecryptCommand({
            KeyId: keyId,
            CiphertextBlob: bytes.subarray(headBytes, headBytes + wrappedLength),
            EncryptionContext: context,
          }),
          withinDeadline(),
        )
        .catch((cause: unknown) => {
          if (["InvalidCiphertextException", "IncorrectKeyException"].includes(errorName(cause)))
            throw new SealBroken("the vault does not know this seal in this context", { cause });
          throw cause;
        });
      if (!dataKey.Plaintext) throw new Error("KMS answered Decrypt without a key");
      const aes = createDecipheriv(
        "aes-256-gcm",
        dataKey.Plaintext,
        bytes.subarray(bodyAt - nonceBytes, bodyAt),
        { authTagLength: tagBytes },
      )
        .setAAD(associatedData(context))
        .setAuthTag(bytes.subarray(-tagBytes));
      try {
        return Buffer.concat([aes.update(bytes.subarray(bodyAt, -tagBytes)), aes.final()]);
      } catch (cause) {
        throw new SealBroken("the sealed bytes were changed", { cause });
      } finally {
        dataKey.Plaintext.fill(0);
      }
    },
  };
}
