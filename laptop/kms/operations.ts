import { createPublicKey, randomBytes, sign, verify } from "node:crypto";
import { VendorError } from "../http/vendor-error";
import { ecdsaSign, ecdsaVerify } from "./digest-signature";
import { decrypt, type EncryptionContext, encrypt, keyIdOf } from "./envelope";
import { findKey, type KeySpec, type KeyStore, newKey, privateKeyOf, type StoredKey, usable } from "./keys";

type Input = Record<string, unknown>;
export type KmsContext = { store: KeyStore; region: string; now: () => number; changed: () => void };
type Operation = (kms: KmsContext, input: Input) => Record<string, unknown>;

const account = "000000000000";
const arnOf = (kms: KmsContext, key: StoredKey) => `arn:aws:kms:${kms.region}:${account}:key/${key.keyId}`;

function bytes(input: Input, name: string, max: number): Buffer {
  const value = input[name];
  if (typeof value !== "string" || !/^[A-Za-z0-9+/]+={0,2}$/.test(value))
    throw new VendorError("ValidationException", `${name} must be a blob`);
  const decoded = Buffer.from(value, "base64");
  if (decoded.length < 1 || decoded.length > max)
    throw new VendorError("ValidationException", `${name} must have 1 to ${max} bytes`);
  return decoded;
}

function contextOf(input: Input): EncryptionContext {
  const context = input.EncryptionContext ?? {};
  if (
    typeof context !== "object" ||
    context === null ||
    Object.values(context).some((value) => typeof value !== "string")
  )
    throw new VendorError("ValidationException", "EncryptionContext must map strings to strings");
  if (JSON.stringify(context).length > 8192)
    throw new VendorError("ValidationException", "EncryptionContext is too large");
  return context as EncryptionContext;
}

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
  KeyUsage: key.spec === "ECC_NIST_P256" ? "SIGN_VERIFY" : "ENCRYPT_DECRYPT",
  KeyManager: "CUSTOMER",
  Origin: "AWS_KMS",
  MultiRegion: false,
  ...(key.deletionAt ? { DeletionDate: key.deletionAt / 1000 } : {}),
  ...(key.spec === "ECC_NIST_P256"
    ? { SigningAlgorithms: ["ECDSA_SHA_256"] }
    : { EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"] }),
});

function aliasName(input: Input): string {
  const name = input.AliasName;
  if (typeof name !== "string" || !/^alias\/[\w/-]{1,250}$/.test(name) || name.startsWith("alias/aws/"))
    throw new VendorError(
      typeof name === "string" ? "InvalidAliasNameException" : "ValidationException",
      "AliasName must be alias/ and a name",
    );
  return name;
}

function signing(kms: KmsContext, input: Input) {
  const key = usable(findKey(kms.store, input.KeyId), "ECC_NIST_P256", "this operation");
  if (input.SigningAlgorithm !== "ECDSA_SHA_256")
    throw new VendorError(
      "InvalidKeyUsageException",
      `Algorithm ${input.SigningAlgorithm} is incompatible with key spec ${key.spec}.`,
    );
  const message = bytes(input, "Message", 4096);
  const digest = input.MessageType === "DIGEST";
  if (digest && message.length !== 32)
    throw new VendorError("ValidationException", "Digest is invalid length for algorithm ECDSA_SHA_256.");
  return { key, message, digest };
}

function setState(kms: KmsContext, input: Input, state: StoredKey["state"]): Record<string, unknown> {
  const key = findKey(kms.store, input.KeyId);
  if (key.state === "PendingDeletion" && state !== "Disabled")
    throw new VendorError("KMSInvalidStateException", `${key.keyId} is pending deletion.`);
  key.state = state;
  key.deletionAt = null;
  kms.changed();
  return {};
}

function dataKey(kms: KmsContext, input: Input) {
  const key = usable(findKey(kms.store, input.KeyId), "SYMMETRIC_DEFAULT", "GenerateDataKey");
  const length =
    input.KeySpec === "AES_256" ? 32 : input.KeySpec === "AES_128" ? 16 : Number(input.NumberOfBytes);
  if (!Number.isInteger(length) || length < 1 || length > 1024)
    throw new VendorError("ValidationException", "Please specify either number of bytes or key spec.");
  const plaintext = randomBytes(length);
  return {
    KeyId: arnOf(kms, key),
    plaintext,
    CiphertextBlob: encrypt(key, plaintext, contextOf(input)).toString("base64"),
  };
}

/** What we speak of KMS. @see https://docs.aws.amazon.com/kms/latest/APIReference/ */
export const operations: Record<string, Operation> = {
  CreateKey(kms, input) {
    const spec = (input.KeySpec ?? input.CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT") as KeySpec;
    if (spec !== "ECC_NIST_P256" && spec !== "SYMMETRIC_DEFAULT")
      throw new VendorError(
        "UnsupportedOperationException",
        `KeySpec ${String(spec)} is not among those of the laptop cloud`,
      );
    const usage = input.KeyUsage ?? "ENCRYPT_DECRYPT";
    if (usage !== (spec === "ECC_NIST_P256" ? "SIGN_VERIFY" : "ENCRYPT_DECRYPT"))
      throw new VendorError(
        "ValidationException",
        `KeyUsage ${String(usage)} is not compatible with KeySpec ${spec}`,
      );
    const key = newKey(spec, typeof input.Description === "string" ? input.Description : "", kms.now());
    kms.store.keys.push(key);
    kms.changed();
    return { KeyMetadata: metadata(kms, key) };
  },
  DescribeKey: (kms, input) => ({ KeyMetadata: metadata(kms, findKey(kms.store, input.KeyId)) }),
  ListKeys: (kms) => ({
    Keys: kms.store.keys.map((key) => ({ KeyId: key.keyId, KeyArn: arnOf(kms, key) })),
    Truncated: false,
  }),
  CreateAlias(kms, input) {
    const name = aliasName(input);
    const key = findKey(kms.store, input.TargetKeyId);
    if (kms.store.aliases.some((alias) => alias.name === name))
      throw new VendorError("AlreadyExistsException", `An alias with the name ${name} already exists`);
    kms.store.aliases.push({ name, keyId: key.keyId, createdAt: kms.now() });
    kms.changed();
    return {};
  },
  UpdateAlias(kms, input) {
    const alias = kms.store.aliases.find(({ name }) => name === aliasName(input));
    if (!alias) throw new VendorError("NotFoundException", `Alias ${String(input.AliasName)} is not found.`);
    alias.keyId = findKey(kms.store, input.TargetKeyId).keyId;
    kms.changed();
    return {};
  },
  ListAliases: (kms, input) => ({
    Aliases: kms.store.aliases
      .filter(({ keyId }) => input.KeyId === undefined || findKey(kms.store, input.KeyId).keyId === keyId)
      .map(({ name, keyId, createdAt }) => ({
        AliasName: name,
        AliasArn: `arn:aws:kms:${kms.region}:${account}:${name}`,
        TargetKeyId: keyId,
        CreationDate: createdAt / 1000,
      })),
    Truncated: false,
  }),
  Sign(kms, input) {
    const { key, message, digest } = signing(kms, input);
    const signature = digest
      ? ecdsaSign(privateKeyOf(key), message)
      : sign("sha256", message, privateKeyOf(key));
    return {
      KeyId: arnOf(kms, key),
      Signature: signature.toString("base64"),
      SigningAlgorithm: "ECDSA_SHA_256",
    };
  },
  Verify(kms, input) {
    const { key, message, digest } = signing(kms, input);
    const signature = bytes(input, "Signature", 6144);
    const publicKey = createPublicKey(privateKeyOf(key));
    const valid = digest
      ? ecdsaVerify(publicKey, message, signature)
      : verify("sha256", message, publicKey, signature);
    if (!valid) throw new VendorError("KMSInvalidSignatureException", "");
    return { KeyId: arnOf(kms, key), SignatureValid: true, SigningAlgorithm: "ECDSA_SHA_256" };
  },
  GetPublicKey(kms, input) {
    const key = usable(findKey(kms.store, input.KeyId), "ECC_NIST_P256", "GetPublicKey");
    return {
      KeyId: arnOf(kms, key),
      PublicKey: createPublicKey(privateKeyOf(key))
        .export({ format: "der", type: "spki" })
        .toString("base64"),
      KeySpec: key.spec,
      CustomerMasterKeySpec: key.spec,
      KeyUsage: "SIGN_VERIFY",
      SigningAlgorithms: ["ECDSA_SHA_256"],
    };
  },
  GenerateDataKey(kms, input) {
    const { plaintext, ...rest } = dataKey(kms, input);
    return { ...rest, Plaintext: plaintext.toString("base64") };
  },
  GenerateDataKeyWithoutPlaintext(kms, input) {
    const { plaintext: _, ...rest } = dataKey(kms, input);
    return rest;
  },
  Encrypt(kms, input) {
    const key = usable(findKey(kms.store, input.KeyId), "SYMMETRIC_DEFAULT", "Encrypt");
    const ciphertext = encrypt(key, bytes(input, "Plaintext", 4096), contextOf(input));
    return {
      KeyId: arnOf(kms, key),
      CiphertextBlob: ciphertext.toString("base64"),
      EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
    };
  },
  Decrypt(kms, input) {
    const ciphertext = bytes(input, "CiphertextBlob", 6144);
    const key = kms.store.keys.find(({ keyId }) => keyId === keyIdOf(ciphertext));
    if (!key) throw new VendorError("InvalidCiphertextException", "");
    if (input.KeyId !== undefined && findKey(kms.store, input.KeyId) !== key)
      throw new VendorError(
        "IncorrectKeyException",
        "The key ID in the request does not identify a CMK that can perform this operation.",
      );
    const plaintext = decrypt(usable(key, "SYMMETRIC_DEFAULT", "Decrypt"), ciphertext, contextOf(input));
    return {
      KeyId: arnOf(kms, key),
      Plaintext: plaintext.toString("base64"),
      EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
    };
  },
  EnableKey: (kms, input) => setState(kms, input, "Enabled"),
  DisableKey: (kms, input) => setState(kms, input, "Disabled"),
  ScheduleKeyDeletion(kms, input) {
    const key = findKey(kms.store, input.KeyId);
    const days = input.PendingWindowInDays === undefined ? 30 : Number(input.PendingWindowInDays);
    if (!Number.isInteger(days) || days < 7 || days > 30)
      throw new VendorError("ValidationException", "PendingWindowInDays must be 7 to 30");
    key.state = "PendingDeletion";
    key.deletionAt = kms.now() + days * 86_400_000;
    kms.changed();
    return {
      KeyId: arnOf(kms, key),
      DeletionDate: key.deletionAt / 1000,
      KeyState: key.state,
      PendingWindowInDays: days,
    };
  },
  CancelKeyDeletion(kms, input) {
    setState(kms, input, "Disabled");
    return { KeyId: arnOf(kms, findKey(kms.store, input.KeyId)) };
  },
};
