import { randomBytes } from "node:crypto";
import { VendorError } from "../../http/vendor-error";
import { decrypt, encrypt, keyIdOf } from "../envelope";
import { arnOf, bytes, contextOf, type Input, invalid, type KmsContext, type Operation } from "../input";
import { findKey, usable } from "../keys";

const lengths: Record<string, number> = { AES_256: 32, AES_128: 16 };

function lengthOf({ KeySpec: spec, NumberOfBytes: count }: Input): number {
  if ((spec === undefined) === (count === undefined))
    throw invalid("Please specify either number of bytes or key spec.");
  const length = typeof spec === "string" ? lengths[spec] : count;
  if (typeof length !== "number" || !Number.isInteger(length) || length < 1 || length > 1024)
    throw invalid("KeySpec must be AES_256 or AES_128, NumberOfBytes 1 to 1024");
  return length;
}

function dataKey(kms: KmsContext, input: Input, operation: string) {
  const key = usable(findKey(kms, input.KeyId), "SYMMETRIC_DEFAULT", operation);
  const plaintext = randomBytes(lengthOf(input));
  const sealed = encrypt(key, plaintext, contextOf(input));
  return { plaintext, answer: { KeyId: arnOf(kms, key), CiphertextBlob: sealed.toString("base64") } };
}

/** Envelopes: what is sealed under an encryption context opens under the same context only. */
export const envelopeOperations: Record<string, Operation> = {
  GenerateDataKey(kms, input) {
    const { plaintext, answer } = dataKey(kms, input, "GenerateDataKey");
    return { ...answer, Plaintext: plaintext.toString("base64") };
  },
  GenerateDataKeyWithoutPlaintext: (kms, input) =>
    dataKey(kms, input, "GenerateDataKeyWithoutPlaintext").answer,
  Encrypt(kms, input) {
    const key = usable(findKey(kms, input.KeyId), "SYMMETRIC_DEFAULT", "Encrypt");
    return {
      KeyId: arnOf(kms, key),
      CiphertextBlob: encrypt(key, bytes(input, "Plaintext", 4096), contextOf(input)).toString("base64"),
      EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
    };
  },
  Decrypt(kms, input) {
    const sealed = bytes(input, "CiphertextBlob", 6144);
    const madeBy = keyIdOf(sealed);
    const key = kms.store.keys.find(({ keyId }) => keyId === madeBy);
    if (!key) throw new VendorError("InvalidCiphertextException", "");
    if (input.KeyId !== undefined && findKey(kms, input.KeyId) !== key)
      throw new VendorError(
        "IncorrectKeyException",
        "The key ID in the request does not identify a key that can perform this operation.",
      );
    const plaintext = decrypt(usable(key, "SYMMETRIC_DEFAULT", "Decrypt"), sealed, contextOf(input));
    return {
      KeyId: arnOf(kms, key),
      Plaintext: plaintext.toString("base64"),
      EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
    };
  },
};
