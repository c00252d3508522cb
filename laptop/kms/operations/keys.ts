import { VendorError } from "../../http/vendor-error";
import { account, arnOf, type Input, invalid, type KmsContext, type Operation } from "../input";
import { findKey, type KeySpec, newKey, type StoredKey } from "../keys";

const dayMs = 86_400_000;

const metadata = (kms: KmsContext, key: StoredKey) => ({
  AWSAccountId: account,
  KeyId: key.keyId,
  Arn: arnOf(kms, key),
  CreationDate: key.createdAt / 1000,
  Description: key.description,
  Enabled: key.state === "Enabled",
  KeyState: key.state,
  KeySpec: key.spec,
  CustomerMasterKeySpec: key.spec,
  KeyUsage: usageOf(key.spec),
  KeyManager: "CUSTOMER",
  Origin: "AWS_KMS",
  MultiRegion: false,
  ...(key.deletionAt ? { DeletionDate: key.deletionAt / 1000 } : {}),
  ...(key.spec === "ECC_NIST_P256"
    ? { SigningAlgorithms: ["ECDSA_SHA_256"] }
    : { EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"] }),
});

const usageOf = (spec: KeySpec) => (spec === "ECC_NIST_P256" ? "SIGN_VERIFY" : "ENCRYPT_DECRYPT");

/** `pending`: whether the change is for a key that waits to be deleted, or for one that does not. */
function setState(kms: KmsContext, input: Input, state: StoredKey["state"], pending: boolean): StoredKey {
  const key = findKey(kms, input.KeyId);
  if ((key.state === "PendingDeletion") !== pending)
    throw new VendorError("KMSInvalidStateException", `${arnOf(kms, key)} is ${said[key.state]}.`);
  key.state = state;
  key.deletionAt = null;
  kms.changed();
  return key;
}

const said = { Enabled: "enabled", Disabled: "disabled", PendingDeletion: "pending deletion" };

function createKey(kms: KmsContext, input: Input): Record<string, unknown> {
  const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT";
  if (spec !== "ECC_NIST_P256" && spec !== "SYMMETRIC_DEFAULT")
    throw new VendorError(
      "UnsupportedOperationException",
      `KeySpec ${String(spec)} is not among those of the laptop cloud`,
    );
  const usage = input.KeyUsage ?? "ENCRYPT_DECRYPT";
  if (usage !== usageOf(spec))
    throw invalid(`KeyUsage ${String(usage)} is not compatible with KeySpec ${spec}`);
  const description = input.Description ?? "";
  if (typeof description !== "string" || description.length > 8192)
    throw invalid("Description must have up to 8192 characters");
  const key = newKey(spec, description, kms.now());
  kms.store.keys.push(key);
  kms.changed();
  return { KeyMetadata: metadata(kms, key) };
}

function scheduleKeyDeletion(kms: KmsContext, input: Input): Record<string, unknown> {
  const days = input.PendingWindowInDays ?? 30;
  if (typeof days !== "number" || !Number.isInteger(days) || days < 7 || days > 30)
    throw invalid("PendingWindowInDays must be 7 to 30");
  const key = setState(kms, input, "PendingDeletion", false);
  key.deletionAt = kms.now() + days * dayMs;
  kms.changed();
  return {
    KeyId: arnOf(kms, key),
    DeletionDate: key.deletionAt / 1000,
    KeyState: key.state,
    PendingWindowInDays: days,
  };
}

/** Making keys and ending them. */
export const keyOperations: Record<string, Operation> = {
  CreateKey: createKey,
  DescribeKey: (kms, input) => ({ KeyMetadata: metadata(kms, findKey(kms, input.KeyId)) }),
  ListKeys: (kms) => ({
    Keys: kms.store.keys.map((key) => ({ KeyId: key.keyId, KeyArn: arnOf(kms, key) })),
    Truncated: false,
  }),
  EnableKey(kms, input) {
    setState(kms, input, "Enabled", false);
    return {};
  },
  DisableKey(kms, input) {
    setState(kms, input, "Disabled", false);
    return {};
  },
  ScheduleKeyDeletion: scheduleKeyDeletion,
  CancelKeyDeletion: (kms, input) => ({ KeyId: arnOf(kms, setState(kms, input, "Disabled", true)) }),
};
