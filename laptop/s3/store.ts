import { createHash, randomUUID } from "node:crypto";
import { VendorError } from "../http/vendor-error";
import type { Seal, SealedFiles } from "./sealed-files";

export type Retention = { mode: "GOVERNANCE" | "COMPLIANCE"; until: number };
/** One version of an object, or the mark that it was deleted (`sealed: null`). Times in milliseconds since 1970. */
export type Version = {
  key: string;
  versionId: string;
  at: number;
  size: number;
  etag: string;
  contentType: string;
  sealed: Seal | null;
  retention: Retention | null;
};
/** What an object is given with its bytes. */
export type Given = { contentType: string; keyId: string; retention?: Retention | null; etag?: string };

export type Store = ReturnType<typeof openStore>;

export const newName = () => randomUUID().replaceAll("-", "");
/** As with SSE-KMS at the vendor: a tag, and no digest that one may rely on. */
export const etagOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex").slice(0, 32);

/** A bucket with versions and Object Lock. What is locked goes for nobody before its time. */
export function openStore(options: {
  files: SealedFiles;
  load: unknown;
  save: (versions: Version[]) => void;
  now: () => number;
}) {
  const { files, now } = options;
  let versions = (options.load as Version[] | undefined) ?? [];
  const newest = (key: string) => versions.findLast((version) => version.key === key);
  const isLocked = ({ retention }: Version) => retention !== null && retention.until > now();
  /** Governance lets go of what somebody with the right to says to let go of; compliance never does. */
  const mayUnlock = ({ retention }: Version, bypass: boolean) => bypass && retention?.mode === "GOVERNANCE";

  function find(key: string, versionId: string | null): Version {
    const found = versionId
      ? versions.find((version) => version.key === key && version.versionId === versionId)
      : newest(key);
    if (!found?.sealed)
      throw new VendorError(
        versionId ? "NoSuchVersion" : "NoSuchKey",
        versionId ? "The specified version does not exist." : "The specified key does not exist.",
        404,
        { Key: key },
      );
    return found;
  }

  return {
    put(key: string, bytes: Buffer, { contentType, keyId, retention = null, etag }: Given): Version {
      const versionId = newName();
      const version: Version = {
        key,
        versionId,
        at: now(),
        size: bytes.length,
        etag: etag ?? etagOf(bytes),
        contentType,
        sealed: files.write(versionId, key, keyId, bytes),
        retention,
      };
      versions.push(version);
      options.save(versions);
      return version;
    },
    find,
    read: ({ key, versionId, sealed }: Version): Buffer =>
      sealed ? files.read(versionId, key, sealed) : Buffer.alloc(0),
    /** Every version, or only what a key stands for now; by key. */
    list(prefix: string, all: boolean): Version[] {
      return versions
        .filter((version) => version.key.startsWith(prefix))
        .filter((version) => all || (version.sealed && version === newest(version.key)))
        .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : b.at - a.at));
    },
    isNewest: (version: Version) => version === newest(version.key),
    /** Later is always allowed. Earlier, or a weaker mode, only as `mayUnlock` has it. */
    retain(version: Version, retention: Retention, bypass: boolean): void {
      const { retention: before } = version;
      const isWeaker =
        before !== null &&
        (retention.until < before.until || (before.mode === "COMPLIANCE" && retention.mode === "GOVERNANCE"));
      if (isWeaker && isLocked(version) && !mayUnlock(version, bypass)) throw denied();
      version.retention = retention;
      options.save(versions);
    },
    /** Without a version: marks the object as deleted, and keeps all of it. With one: for good, unless it is locked. */
    remove(key: string, versionId: string | null, bypass: boolean): { versionId: string; isMark: boolean } {
      if (versionId) {
        const gone = versions.find((version) => version.key === key && version.versionId === versionId);
        if (!gone) return { versionId, isMark: false };
        if (isLocked(gone) && !mayUnlock(gone, bypass)) throw denied();
        versions = versions.filter((version) => version !== gone);
        options.save(versions);
        files.remove(versionId);
        return { versionId, isMark: gone.sealed === null };
      }
      const mark = newName();
      const nothing = { size: 0, etag: "", contentType: "", sealed: null, retention: null };
      versions.push({ key, versionId: mark, at: now(), ...nothing });
      options.save(versions);
      return { versionId: mark, isMark: true };
    },
  };
}

const denied = () =>
  new VendorError("AccessDenied", "Access Denied because object protected by object lock.", 403);
