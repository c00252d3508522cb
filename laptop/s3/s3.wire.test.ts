import { createHash, createHmac, randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectRetentionCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestLaptop, type TestLaptop } from "../testing/start-test-laptop";

let laptop: TestLaptop;
let s3: S3Client;
const credentials = { accessKeyId: "laptop", secretAccessKey: "laptop" };
const clientWith = (options: object) =>
  new S3Client({ ...laptop.client, credentials, forcePathStyle: true, ...options });
beforeAll(async () => {
  laptop = await startTestLaptop();
  s3 = clientWith({});
});
afterAll(async () => {
  s3.destroy();
  await laptop.stop();
});

const Bucket = "vouchsafe-recordings";
const named = () => ({ Bucket, Key: `visits/${randomUUID()}/a file (1)+ü.mp4` });
const refused = async (answer: Promise<unknown>) =>
  answer.then(
    () => "none",
    (thrown: { name: string }) => thrown.name,
  );
async function read(where: { Bucket: string; Key: string; VersionId?: string; Range?: string }) {
  const answer = await s3.send(new GetObjectCommand(where));
  return { ...answer, bytes: Buffer.from((await answer.Body?.transformToByteArray()) ?? []) };
}
const mebibyte = 1024 * 1024;

describe("who is let in", () => {
  test.each([
    [
      "a key that nobody has",
      { credentials: { accessKeyId: "any", secretAccessKey: "any" } },
      "InvalidAccessKeyId",
    ],
    [
      "a secret that is another",
      { credentials: { accessKeyId: "laptop", secretAccessKey: "guess" } },
      "SignatureDoesNotMatch",
    ],
    ["another region", { region: "eu-west-1" }, "AuthorizationHeaderMalformed"],
    ["a clock an hour slow", { systemClockOffset: -3_600_000 }, "RequestTimeTooSkewed"],
  ])("not %s", async (_, options, code) => {
    const client = clientWith(options);
    expect(await refused(client.send(new PutObjectCommand({ ...named(), Body: "a" })))).toBe(code);
    client.destroy();
  });

  test("not who signs nothing, told in XML", async () => {
    const answer = await fetch(`${laptop.url}/${Bucket}/visits/x`, { method: "DELETE" });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([403, "application/xml"]);
    expect(await answer.text()).toContain("<Code>AccessDenied</Code>");
  });

  test("who holds an address that was signed for them, for what it was signed for", async () => {
    const where = named();
    await s3.send(new PutObjectCommand({ ...where, Body: "hello" }));
    const address = presigned("GET", where.Key);
    const part = await fetch(address, { headers: { range: "bytes=1-2" } });
    expect([part.status, await part.text()]).toEqual([206, "el"]);
    expect((await fetch(address, { method: "DELETE" })).status).toBe(403);
    expect((await fetch(address.replace("visits", "rooms"))).status).toBe(403);
    const old = await fetch(presigned("GET", where.Key, Date.now() - 120_000));
    expect([old.status, await old.text()]).toEqual([403, expect.stringContaining("Request has expired")]);
  });
});

/** For a minute, by hand: the SDK's own signer is another package. */
function presigned(method: string, key: string, at = Date.now()): string {
  const { host, origin } = new URL(laptop.url);
  const time = new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${time.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const encode = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const path = `/${Bucket}/${key.split("/").map(encode).join("/")}`;
  const query = Object.entries({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `laptop/${scope}`,
    "X-Amz-Date": time,
    "X-Amz-Expires": "60",
    "X-Amz-SignedHeaders": "host",
  })
    .map(([name, value]) => `${name}=${encode(value)}`)
    .join("&");
  const canonical = [method, path, query, `host:${host}`, "", "host", "UNSIGNED-PAYLOAD"].join("\n");
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const key4 = scope.split("/").reduce<string | Buffer>(hmac, "AWS4laptop");
  const digest = createHash("sha256").update(canonical).digest("hex");
  const signature = hmac(key4, ["AWS4-HMAC-SHA256", time, scope, digest].join("\n")).toString("hex");
  return `${origin}${path}?${query}&X-Amz-Signature=${signature}`;
}

describe("an object", () => {
  test("comes back whole and in parts, from a buffer and from a stream", async () => {
    const bytes = randomBytes(200_000);
    for (const Body of [bytes, Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)])]) {
      const where = named();
      await s3.send(
        new PutObjectCommand({ ...where, Body, ContentLength: bytes.length, ContentType: "video/webm" }),
      );
      expect((await read(where)).bytes.equals(bytes)).toBe(true);
      expect(await s3.send(new HeadObjectCommand(where))).toMatchObject({
        ContentLength: bytes.length,
        ContentType: "video/webm",
        ServerSideEncryption: "aws:kms",
      });
      for (const [Range, from, to] of [
        ["bytes=0-0", 0, 0],
        ["bytes=100-199", 100, 199],
        ["bytes=-5", 199_995, 199_999],
        ["bytes=199990-", 199_990, 199_999],
        ["bytes=199990-999999", 199_990, 199_999],
      ] as const) {
        const part = await read({ ...where, Range });
        expect(part.ContentRange).toBe(`bytes ${from}-${to}/200000`);
        expect(part.bytes.equals(bytes.subarray(from, to + 1)), Range).toBe(true);
      }
      expect((await read({ ...where, Range: "bytes=9-2" })).bytes).toHaveLength(200_000);
      expect(await refused(read({ ...where, Range: "bytes=200000-" }))).toBe("InvalidRange");
    }
  });

  test("is encrypted with the bucket's key, or refused", async () => {
    const put = (how: object) => refused(s3.send(new PutObjectCommand({ ...named(), Body: "a", ...how })));
    const ServerSideEncryption = "aws:kms";
    expect(await put({})).toBe("none");
    expect(await put({ ServerSideEncryption, SSEKMSKeyId: "alias/video-recordings-cmk" })).toBe("none");
    expect(await put({ ServerSideEncryption: "AES256" })).toBe("AccessDenied");
    expect(await put({ ServerSideEncryption, SSEKMSKeyId: "alias/video-jwt-signing-key" })).toBe(
      "AccessDenied",
    );
    expect(await put({ SSEKMSKeyId: "alias/video-recordings-cmk" })).toBe("InvalidArgument");
  });

  test("that is not there, a bucket of another's, and what is not spoken are each refused by name", async () => {
    expect(await refused(read(named()))).toBe("NoSuchKey");
    expect(await refused(read({ ...named(), VersionId: "none" }))).toBe("NoSuchVersion");
    expect(await refused(read({ ...named(), Bucket: "another" }))).toBe("NoSuchBucket");
    expect(await refused(s3.send(new GetObjectTaggingCommand(named())))).toBe("NotImplemented");
  });
});

describe("Object Lock", () => {
  const soon = () => new Date(Date.now() + 60_000);
  async function locked(mode: "COMPLIANCE" | "GOVERNANCE") {
    const where = named();
    const { VersionId } = await s3.send(
      new PutObjectCommand({
        ...where,
        Body: "kept",
        ObjectLockMode: mode,
        ObjectLockRetainUntilDate: soon(),
      }),
    );
    const version = { ...where, VersionId };
    const remove = (BypassGovernanceRetention?: boolean) =>
      refused(s3.send(new DeleteObjectCommand({ ...version, BypassGovernanceRetention })));
    const retain = (Mode: "COMPLIANCE" | "GOVERNANCE", RetainUntilDate: Date, bypass?: boolean) =>
      refused(
        s3.send(
          new PutObjectRetentionCommand({
            ...version,
            Retention: { Mode, RetainUntilDate },
            BypassGovernanceRetention: bypass,
          }),
        ),
      );
    return { where, version, remove, retain };
  }

  test("in compliance nobody deletes the version or shortens its time; deleting the object leaves the version", async () => {
    const { where, version, remove, retain } = await locked("COMPLIANCE");
    expect([await remove(), await remove(true)]).toEqual(["AccessDenied", "AccessDenied"]);
    expect(await retain("COMPLIANCE", new Date(Date.now() + 1_000), true)).toBe("AccessDenied");
    expect(await retain("GOVERNANCE", new Date(Date.now() + 90_000), true)).toBe("AccessDenied");
    expect(await retain("COMPLIANCE", new Date(Date.now() + 90_000))).toBe("none");
    expect(await s3.send(new DeleteObjectCommand(where))).toMatchObject({ DeleteMarker: true });
    expect(await refused(read(where))).toBe("NoSuchKey");
    expect((await read(version)).bytes.toString()).toBe("kept");
  });

  test("in governance only who asks to pass it by does", async () => {
    const { version, remove, retain } = await locked("GOVERNANCE");
    expect(await retain("GOVERNANCE", new Date(Date.now() + 1_000))).toBe("AccessDenied");
    expect(await remove()).toBe("AccessDenied");
    expect(await s3.send(new GetObjectRetentionCommand(version))).toMatchObject({
      Retention: { Mode: "GOVERNANCE" },
    });
    expect(await remove(true)).toBe("none");
    expect(await refused(read(version))).toBe("NoSuchVersion");
  });

  test("until a time that is over is refused", async () => {
    const { retain } = await locked("COMPLIANCE");
    expect(await retain("COMPLIANCE", new Date(Date.now() - 1_000))).toBe("InvalidArgument");
  });
});

describe("in several parts", () => {
  async function upload() {
    const where = named();
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({ ...where, ContentType: "video/webm" }),
    );
    const whole = { ...where, UploadId };
    const put = (PartNumber: number, Body: Buffer) =>
      s3.send(new UploadPartCommand({ ...whole, PartNumber, Body }));
    const complete = (Parts: Array<{ PartNumber: number; ETag?: string }>) =>
      s3.send(new CompleteMultipartUploadCommand({ ...whole, MultipartUpload: { Parts } }));
    return { where, whole, put, complete };
  }

  test("it is put together in the parts' order, whichever came first, and not there before", async () => {
    const { where, whole, put, complete } = await upload();
    const [one, two] = [randomBytes(5 * mebibyte), randomBytes(1_000)];
    const second = await put(2, two);
    await put(1, randomBytes(10));
    const first = await put(1, one);
    expect(await refused(read(where))).toBe("NoSuchKey");
    const { Parts } = await s3.send(new ListPartsCommand(whole));
    expect(Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, one.length],
      [2, two.length],
    ]);
    const done = await complete([
      { PartNumber: 1, ETag: first.ETag },
      { PartNumber: 2, ETag: second.ETag },
    ]);
    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    const file = await read(where);
    expect([file.ContentType, file.bytes.equals(Buffer.concat([one, two]))]).toEqual(["video/webm", true]);
    expect(await refused(put(3, two))).toBe("NoSuchUpload");
  });

  test("parts that are out of order, too small, another's or none are refused, and an upload that was given up is over", async () => {
    const { where, whole, put, complete } = await upload();
    const [{ ETag: one }, { ETag: two }] = [await put(1, Buffer.from("a")), await put(2, Buffer.from("b"))];
    const named = (...parts: Array<[number, string | undefined]>) =>
      refused(complete(parts.map(([PartNumber, ETag]) => ({ PartNumber, ETag }))));
    expect(await named([2, two], [1, one])).toBe("InvalidPartOrder");
    expect(await named([1, one], [2, two])).toBe("EntityTooSmall");
    expect(await named([1, two])).toBe("InvalidPart");
    expect(await named([3, one])).toBe("InvalidPart");
    expect(await named()).toBe("MalformedXML");
    expect(await refused(put(0, Buffer.from("c")))).toBe("InvalidArgument");
    await s3.send(new AbortMultipartUploadCommand(whole));
    expect(await named([1, one])).toBe("NoSuchUpload");
    expect(await refused(read(where))).toBe("NoSuchKey");
  });
});
