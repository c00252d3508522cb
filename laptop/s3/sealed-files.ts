import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { VendorError } from "../http/vendor-error";
import type { Kms } from "../kms/index";

/** The data key of one file, as KMS sealed it. */
export type Seal = { keyArn: string; dataKey: string };
export type SealedFiles = ReturnType<typeof openSealedFiles>;

/** On a laptop nothing is kept that would fill it. Bytes. */
const leftAtLeast = 512 * 1024 * 1024;

/** Files encrypted at rest, each with a data key of its own, which KMS sealed for this object alone (SSE-KMS). */
export function openSealedFiles({ folder, bucket, kms }: { folder: string; bucket: string; kms: Kms }) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (name: string) => path.join(folder, path.basename(name));
  const contextOf = (key: string) => ({ "aws:s3:arn": `arn:aws:s3:::${bucket}/${key}` });

  return {
    /** @param key of the object that the file belongs to. */
    write(name: string, key: string, keyId: string, bytes: Buffer): Seal {
      const { bavail, bsize } = statfsSync(folder);
      if (bavail * bsize - bytes.length < leftAtLeast)
        throw new VendorError("ServiceUnavailable", "This machine's disk is nearly full", 503);
      const { KeyId, Plaintext, CiphertextBlob } = kms.handle("GenerateDataKey", {
        KeyId: keyId,
        KeySpec: "AES_256",
        EncryptionContext: contextOf(key),
      }) as { KeyId: string; Plaintext: string; CiphertextBlob: string };
      const nonce = randomBytes(12);
      const aes = createCipheriv("aes-256-gcm", Buffer.from(Plaintext, "base64"), nonce);
      const sealed = Buffer.concat([nonce, aes.update(bytes), aes.final(), aes.getAuthTag()]);
      writeFileSync(fileOf(name), sealed, { mode: 0o600, flush: true });
      return { keyArn: KeyId, dataKey: CiphertextBlob };
    },
    read(name: string, key: string, { dataKey }: Seal): Buffer {
      const { Plaintext } = kms.handle("Decrypt", {
        CiphertextBlob: dataKey,
        EncryptionContext: contextOf(key),
      }) as { Plaintext: string };
      const file = readFileSync(fileOf(name));
      const aes = createDecipheriv("aes-256-gcm", Buffer.from(Plaintext, "base64"), file.subarray(0, 12), {
        authTagLength: 16,
      }).setAuthTag(file.subarray(-16));
      return Buffer.concat([aes.update(file.subarray(12, -16)), aes.final()]);
    },
    remove(name: string): void {
      rmSync(fileOf(name), { force: true });
    },
  };
}
