import { createPublicKey, sign, verify } from "node:crypto";
import { VendorError } from "../../http/vendor-error";
import { ecdsaSign, ecdsaVerify } from "../digest-signature";
import { arnOf, bytes, type Input, invalid, type KmsContext, type Operation } from "../input";
import { findKey, privateKeyOf, usable } from "../keys";

const algorithm = "ECDSA_SHA_256";

function read(kms: KmsContext, input: Input, operation: string) {
  const key = usable(findKey(kms, input.KeyId), "ECC_NIST_P256", operation);
  if (input.SigningAlgorithm !== algorithm)
    throw new VendorError(
      "InvalidKeyUsageException",
      `Algorithm ${String(input.SigningAlgorithm)} is incompatible with key spec ${key.spec}.`,
    );
  const kind = input.MessageType ?? "RAW";
  if (kind !== "RAW" && kind !== "DIGEST") throw invalid("MessageType must be RAW or DIGEST");
  const message = bytes(input, "Message", 4096);
  if (kind === "DIGEST" && message.length !== 32)
    throw invalid(`Digest is invalid length for algorithm ${algorithm}.`);
  return { key, message, isDigest: kind === "DIGEST" };
}

/** ECDSA on P-256 over SHA-256. Signatures travel as DER (RFC 3279 §2.2.3), which a JWS must turn into R‖S. */
export const signingOperations: Record<string, Operation> = {
  Sign(kms, input) {
    const { key, message, isDigest } = read(kms, input, "Sign");
    const secret = privateKeyOf(key);
    const signature = isDigest ? ecdsaSign(secret, message) : sign("sha256", message, secret);
    return {
      KeyId: arnOf(kms, key),
      Signature: signature.toString("base64"),
      SigningAlgorithm: algorithm,
    };
  },
  Verify(kms, input) {
    const { key, message, isDigest } = read(kms, input, "Verify");
    const signature = bytes(input, "Signature", 6144);
    const publicKey = createPublicKey(privateKeyOf(key));
    const valid = isDigest
      ? ecdsaVerify(publicKey, message, signature)
      : verify("sha256", message, publicKey, signature);
    if (!valid) throw new VendorError("KMSInvalidSignatureException", "The signature is not valid.");
    return { KeyId: arnOf(kms, key), SignatureValid: true, SigningAlgorithm: algorithm };
  },
  GetPublicKey(kms, input) {
    const key = usable(findKey(kms, input.KeyId), "ECC_NIST_P256", "GetPublicKey");
    const spki = createPublicKey(privateKeyOf(key)).export({ format: "der", type: "spki" });
    return {
      KeyId: arnOf(kms, key),
      PublicKey: spki.toString("base64"),
      KeySpec: key.spec,
      CustomerMasterKeySpec: key.spec,
      KeyUsage: "SIGN_VERIFY",
      SigningAlgorithms: [algorithm],
    };
  },
};
