import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, randomUUID } from "node:crypto";
import { VendorError } from "../http/vendor-error";

export type KeySpec = "ECC_NIST_P256" | "SYMMETRIC_DEFAULT";
type KeyState = "Enabled" | "Disabled" | "PendingDeletion";

/** As it lies in the state file: `material` is a PKCS #8 PEM, or base64 of 32 bytes. */
export type StoredKey = {
  keyId: string;
  spec: KeySpec;
  state: KeyState;
  description: string;
  createdAt: number;
  deletionAt: number | null;
  material: string;
};
export type KeyStore = {
  keys: StoredKey[];
  aliases: Array<{ name: string; keyId: string; createdAt: number }>;
};

export function newKey(spec: KeySpec, description: string, now: number): StoredKey {
  const material =
    spec === "ECC_NIST_P256"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
          .privateKey.export({ format: "pem", type: "pkcs8" })
          .toString()
      : randomBytes(32).toString("base64");
  return {
    keyId: randomUUID(),
    spec,
    state: "Enabled",
    description,
    createdAt: now,
    deletionAt: null,
    material,
  };
}

const arn = /^arn:aws[\w-]*:kms:[\w-]+:\d{12}:(key\/[\w-]+|alias\/[\w/-]+)$/;

/** Finds a key as KMS does: by id, key ARN, alias name or alias ARN. One whose waiting time is over is gone. */
export function findKey(kms: { store: KeyStore; now: () => number }, named: unknown): StoredKey {
  if (typeof named !== "string" || named.length < 1 || named.length > 2048)
    throw new VendorError("ValidationException", "KeyId must be a key id, an alias or an ARN");
  const name = arn.exec(named)?.[1]?.replace(/^key\//, "") ?? named;
  if (name.startsWith("arn:")) throw new VendorError("InvalidArnException", `Invalid arn ${named}`);
  const isAlias = name.startsWith("alias/");
  const keyId = isAlias ? kms.store.aliases.find((alias) => alias.name === name)?.keyId : name;
  const key = kms.store.keys.find((candidate) => candidate.keyId === keyId);
  if (!key || (key.deletionAt !== null && key.deletionAt <= kms.now()))
    throw new VendorError("NotFoundException", `${isAlias ? "Alias" : "Key"} '${named}' does not exist`);
  return key;
}

export function usable(key: StoredKey, spec: KeySpec, operation: string): StoredKey {
  if (key.state === "Disabled") throw new VendorError("DisabledException", `${key.keyId} is disabled.`);
  if (key.state === "PendingDeletion")
    throw new VendorError("KMSInvalidStateException", `${key.keyId} is pending deletion.`);
  if (key.spec !== spec)
    throw new VendorError(
      "InvalidKeyUsageException",
      `${key.keyId} key spec ${key.spec} is not valid for ${operation}.`,
    );
  return key;
}

const imported = new Map<string, KeyObject>();

/** The private half, read from its PEM once. */
export function privateKeyOf(key: StoredKey): KeyObject {
  let known = imported.get(key.keyId);
  if (!known) {
    known = createPrivateKey(key.material);
    imported.set(key.keyId, known);
  }
  return known;
}
