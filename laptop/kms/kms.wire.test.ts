import { createHash, createPublicKey, randomBytes, verify } from "node:crypto";
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetPublicKeyCommand,
  KMSClient,
  ListAliasesCommand,
  ScheduleKeyDeletionCommand,
  SignCommand,
  UpdateAliasCommand,
  VerifyCommand,
} from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestLaptop, type TestLaptop } from "../testing/start-test-laptop";

let laptop: TestLaptop;
let kms: KMSClient;
beforeAll(async () => {
  laptop = await startTestLaptop();
  kms = new KMSClient(laptop.client);
});
afterAll(async () => {
  kms.destroy();
  await laptop.stop();
});

const signingKey = "alias/video-jwt-signing-key";
const sealingKey = "alias/video-recordings-cmk";
const signing = { KeyId: signingKey, SigningAlgorithm: "ECDSA_SHA_256" } as const;
const message = Buffer.from("a voucher");
const digest = createHash("sha256").update(message).digest();
const publicKey = async () => {
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: signingKey }));
  return createPublicKey({ key: Buffer.from(PublicKey ?? []), format: "der", type: "spki" });
};

describe("signing", () => {
  test.each([
    ["a message", { Message: message, MessageType: "RAW" }],
    ["its digest", { Message: digest, MessageType: "DIGEST" }],
  ] as const)("%s is signed in DER, and anybody with the public key can check it", async (_, what) => {
    const { Signature } = await kms.send(new SignCommand({ ...signing, ...what }));
    expect(verify("sha256", message, await publicKey(), Signature ?? new Uint8Array())).toBe(true);
    const checked = await kms.send(new VerifyCommand({ ...signing, ...what, Signature }));
    expect(checked.SignatureValid).toBe(true);
  });

  test("a signature over other words is refused", async () => {
    const { Signature } = await kms.send(
      new SignCommand({ ...signing, Message: digest, MessageType: "DIGEST" }),
    );
    await expect(
      kms.send(new VerifyCommand({ ...signing, Message: randomBytes(32), MessageType: "DIGEST", Signature })),
    ).rejects.toMatchObject({ name: "KMSInvalidSignatureException" });
  });

  test("a digest of the wrong length and a key of the wrong kind are refused", async () => {
    await expect(
      kms.send(new SignCommand({ ...signing, Message: randomBytes(31), MessageType: "DIGEST" })),
    ).rejects.toMatchObject({ name: "ValidationException" });
    await expect(
      kms.send(new SignCommand({ ...signing, KeyId: sealingKey, Message: message })),
    ).rejects.toMatchObject({ name: "InvalidKeyUsageException" });
  });
});

describe("envelopes", () => {
  const EncryptionContext = { visit: "v1", column: "notes" };

  test("a data key opens again under its context, in whatever order it is written", async () => {
    const made = await kms.send(
      new GenerateDataKeyCommand({ KeyId: sealingKey, KeySpec: "AES_256", EncryptionContext }),
    );
    const opened = await kms.send(
      new DecryptCommand({
        CiphertextBlob: made.CiphertextBlob,
        EncryptionContext: { column: "notes", visit: "v1" },
      }),
    );
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Buffer.from(made.Plaintext ?? [0]));
    expect(made.Plaintext?.length).toBe(32);
  });

  test("under another context, or with one bit changed, nothing opens", async () => {
    const { CiphertextBlob } = await kms.send(
      new EncryptCommand({ KeyId: sealingKey, Plaintext: message, EncryptionContext }),
    );
    const sealed = Buffer.from(CiphertextBlob ?? []);
    const changed = Buffer.from(sealed);
    changed[changed.length - 1]! ^= 1;
    const attempts = [
      { CiphertextBlob: sealed },
      { CiphertextBlob: sealed, EncryptionContext: { ...EncryptionContext, visit: "v2" } },
      { CiphertextBlob: changed, EncryptionContext },
      { CiphertextBlob: randomBytes(80), EncryptionContext },
    ];
    for (const attempt of attempts)
      await expect(kms.send(new DecryptCommand(attempt))).rejects.toMatchObject({
        name: "InvalidCiphertextException",
      });
  });

  test("a data key without its plaintext opens to as many bytes as were asked for", async () => {
    const made = await kms.send(
      new GenerateDataKeyWithoutPlaintextCommand({ KeyId: sealingKey, NumberOfBytes: 48 }),
    );
    expect(made).not.toHaveProperty("Plaintext");
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
    expect(opened.Plaintext?.length).toBe(48);
  });
});

describe("keys and their names", () => {
  test("a key is found by id, ARN, alias and alias ARN, and by nothing else", async () => {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: signingKey }));
    const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId: KeyMetadata?.KeyId }));
    const names = [KeyMetadata?.KeyId, KeyMetadata?.Arn, Aliases?.[0]?.AliasName, Aliases?.[0]?.AliasArn];
    for (const KeyId of names)
      expect((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.Arn).toBe(KeyMetadata?.Arn);
    expect(KeyMetadata).toMatchObject({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
    await expect(kms.send(new DescribeKeyCommand({ KeyId: "alias/nobody" }))).rejects.toMatchObject({
      name: "NotFoundException",
    });
  });

  test("an alias can move to a new key: what is signed afterwards is signed by that one", async () => {
    const made = async () =>
      (await kms.send(new CreateKeyCommand({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" })))
        .KeyMetadata;
    const [old, next] = [await made(), await made()];
    const AliasName = "alias/rotating";
    await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: old?.KeyId }));
    await expect(
      kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: next?.KeyId })),
    ).rejects.toMatchObject({ name: "AlreadyExistsException" });
    await kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: next?.KeyId }));
    const signed = await kms.send(new SignCommand({ ...signing, KeyId: AliasName, Message: message }));
    expect(signed.KeyId).toBe(next?.Arn);
  });

  test("a disabled key does nothing until it is enabled; one that waits to be deleted does nothing at all", async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId;
    const seal = () => kms.send(new EncryptCommand({ KeyId, Plaintext: message }));
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(seal()).rejects.toMatchObject({ name: "DisabledException" });
    await kms.send(new EnableKeyCommand({ KeyId }));
    expect((await seal()).CiphertextBlob?.length).toBeGreaterThan(0);
    const gone = await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(gone.KeyState).toBe("PendingDeletion");
    await expect(seal()).rejects.toMatchObject({ name: "KMSInvalidStateException" });
  });
});
