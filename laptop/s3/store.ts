import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { VendorError } from "../http/vendor-error";
import type { Kms } from "../kms/index";

export type Retention = { mode: "GOVERNANCE" | "COMPLIANCE"; until: number };
/** One version of an object, or the mark that it was deleted (`sealed: null`). Times in milliseconds since 1970. */
export type Version = {
  key: string;
  versionId: string;
  at: number;
  size: number;
  etag: string;
  contentType: string;
  sealed: { keyArn: string; dataKey: string } | null;
  retention: Retention | null;
};

/** On a laptop nothing is kept that would fill it. Bytes. */
const leftAtLeast = 512 * 1024 * 1024;

export type Store = ReturnType<typeof openStore>;

/**
 * A bucket with versions and Object Lock, encrypted at rest: each version with a data key of its own, which KMS sealed (SSE-KMS). What is
 * locked goes for nobody before its time.
 */
export function openStore(options: {
  folder: string;
  bucket: string;
  load: unknown;
  save: (versions: Version[]) => void;
  kms: Kms;
  now: () => number;
}) {
  const { kms, now, bucket } = options;
  let versions = (options.load as Version[] | undefined) ?? [];
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const fileOf = (versionId: string) => path.join(options.folder, versionId);
  const contextOf = (key: string) => ({ "aws:s3:arn": `arn:aws:s3:::${bucket}/${key}` });
  const newest = (key: string) => versions.findLast((version) => version.key === key);

  function find(key: string, versionId: string | null): Version {
    const found = versionId
      ? versions.find((version) => version.key === key && version.versionId === versionId)
      : newest(key);
    if (!found?.sealed)
      throw new VendorError(
        versionId ? "NoSuchVersion" : "NoSuchKey",
        "The specified key does not exist.",
        404,
      );
    return found;
  }

  return {
    put(
      key: string,
      bytes: Buffer,
      {
        contentType,
        keyId,
        retention = null,
      }: { contentType: string; keyId: string; retention?: Retention | null },
    ): Version {
      const { bavail, bsize } = statfsSync(options.folder);
      if (bavail * bsize - bytes.length < leftAtLeast)
        throw new VendorError("ServiceUnavailable", "This machine's disk is nearly full", 503);
      const { KeyId, Plaintext, CiphertextBlob } = kms.handle("GenerateDataKey", {
        KeyId: keyId,
        KeySpec: "AES_256",
        EncryptionContext: contextOf(key),
      }) as { KeyId: string; Plaintext: string; CiphertextBlob: string };
      const nonce = randomBytes(12);
      const aes = createCipheriv("aes-256-gcm", Buffer.from(Plaintext, "base64"), nonce);
      const versionId = randomUUID().replaceAll("-", "");
      writeFileSync(
        fileOf(versionId),
        Buffer.concat([nonce, aes.update(bytes), aes.final(), aes.getAuthTag()]),
        { mode: 0o600, flush: true },
      );
      const version: Version = {
        key,
        versionId,
        at: now(),
        size: bytes.length,
        etag: createHash("sha256").update(bytes).digest("hex").slice(0, 32),
        contentType,
        sealed: { keyArn: KeyId, dataKey: CiphertextBlob },
        retention,
      };
      versions.push(version);
      options.save(versions);
      return version;
    },
    find,
    read({ key, versionId, sealed }: Version): Buffer {
      if (!sealed) return Buffer.alloc(0);
      const { Plaintext } = kms.handle("Decrypt", {
        CiphertextBlob: sealed.dataKey,
        EncryptionContext: contextOf(key),
      }) as { Plaintext: string };
      const file = readFileSync(fileOf(versionId));
      const aes = createDecipheriv("aes-256-gcm", Buffer.from(Plaintext, "base64"), file.subarray(0, 12), {
        authTagLength: 16,
      }).setAuthTag(file.subarray(-16));
      return Buffer.concat([aes.update(file.subarray(12, -16)), aes.final()]);
    },
    /** Every version, or only what a key stands for now; by key. */
    list(prefix: string, all: boolean): Version[] {
      return versions
        .filter((version) => version.key.startsWith(prefix))
        .filter((version) => all || (version.sealed && version === newest(version.key)))
        .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : b.at - a.at));
    },
    isNewest: (version: Version) => version === newest(version.key),
    retain(version: Version, retention: Retention): void {
      const { retention: before } = version;
      const shorter = before && before.until > now() && retention.until < before.until;
      if (shorter && before.mode === "COMPLIANCE") throw denied();
      version.retention = retention;
      options.save(versions);
    },
    /** Without a version: marks the object as deleted, and keeps all of it. With one: for good, unless it is locked. */
    remove(key: string, versionId: string | null): string {
      if (versionId) {
        const gone = versions.find((version) => version.key === key && version.versionId === versionId);
        if (gone?.retention && gone.retention.until > now()) throw denied();
        versions = versions.filter((version) => version !== gone);
        options.save(versions);
        rmSync(fileOf(path.basename(versionId)), { force: true });
        return versionId;
      }
      const mark = randomUUID().replaceAll("-", "");
      const nothing = { size: 0, etag: "", contentType: "", sealed: null, retention: null };
      versions.push({ key, versionId: mark, at: now(), ...nothing });
      options.save(versions);
      return mark;
    },
  };
}

const denied = () =>
  new VendorError("AccessDenied", "Access Denied because object protected by object lock.", 403);
