import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { VendorError } from "../http/vendor-error";
import type { ApiRequest } from "../wire";
import { readPayload } from "./payload";
import { verifySignature } from "./verify";

// The requests, the key and the signatures are those of the vendor's own page on Signature Version 4 of S3.
const pair = { id: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };
const at = "20130524T000000Z";
const scope = `${pair.id}/20130524/us-east-1/s3/aws4_request`;
const nothing = createHash("sha256").digest("hex");
const host = "examplebucket.s3.amazonaws.com";
const noon = Date.parse("2013-05-24T00:00:00Z");
const verify = (request: ApiRequest, now = noon, region = "us-east-1") =>
  verifySignature(request, { keys: [pair], region, now: () => now });

function ask(
  method: string,
  target: string,
  { headers = {}, body = "" }: { headers?: Record<string, string>; body?: string | Buffer } = {},
): ApiRequest {
  const [path = "/", query = ""] = target.split("?");
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers: { host, ...headers },
    body: Buffer.from(body),
  };
}
const signed = (names: string, signature: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=${names},Signature=${signature}`,
});
const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (thrown) {
    return (thrown as VendorError).code;
  }
  return "none";
};

const common = { "x-amz-content-sha256": nothing, "x-amz-date": at };
const part = ask("GET", "/test.txt", {
  headers: {
    range: "bytes=0-9",
    ...common,
    ...signed(
      "host;range;x-amz-content-sha256;x-amz-date",
      "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    ),
  },
});
const bodySha = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
const put = ask("PUT", "/test%24file.text", {
  body: "Welcome to Amazon S3.",
  headers: {
    date: "Fri, 24 May 2013 00:00:00 GMT",
    "x-amz-content-sha256": bodySha,
    "x-amz-date": at,
    "x-amz-storage-class": "REDUCED_REDUNDANCY",
    ...signed(
      "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
      "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
    ),
  },
});
const list = ask("GET", "/?max-keys=2&prefix=J", {
  headers: {
    ...common,
    ...signed(
      "host;x-amz-content-sha256;x-amz-date",
      "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    ),
  },
});
const address = (changed: Record<string, string> = {}) => {
  const query = new URLSearchParams({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": scope,
    "X-Amz-Date": at,
    "X-Amz-Expires": "86400",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
    ...changed,
  });
  return ask("GET", `/test.txt?${query}`);
};

test.each([
  ["a part of an object", part],
  ["an object that is written", put],
  ["a list", list],
  ["an address that was signed beforehand", address()],
])("the vendor's own signature of %s holds", (_, request) => {
  expect(refusal(() => readPayload(Buffer.from(request.body), request.headers, verify(request)))).toBe(
    "none",
  );
});

describe("is refused", () => {
  const changed = (request: ApiRequest, headers: Record<string, string>): ApiRequest => ({
    ...request,
    headers: { ...request.headers, ...headers },
  });
  const authorization = part.headers.authorization!;
  test.each<[string, ApiRequest, string]>([
    ["another object", { ...part, path: "/other.txt" }, "SignatureDoesNotMatch"],
    ["another verb", { ...part, method: "DELETE" }, "SignatureDoesNotMatch"],
    ["another part", changed(part, { range: "bytes=0-99" }), "SignatureDoesNotMatch"],
    ["another list", { ...list, query: new URLSearchParams("max-keys=2&prefix=K") }, "SignatureDoesNotMatch"],
    ["a host that is another's", changed(part, { host: "evil.test" }), "SignatureDoesNotMatch"],
    ["what is not signed at all", ask("GET", "/test.txt"), "AccessDenied"],
    [
      "another way of signing",
      changed(part, { authorization: "Basic YTpi" }),
      "AuthorizationHeaderMalformed",
    ],
    [
      "a key that nobody has",
      changed(part, { authorization: authorization.replace(pair.id, "AKIDOTHER") }),
      "InvalidAccessKeyId",
    ],
    [
      "another service's signature",
      changed(part, { authorization: authorization.replace("/s3/", "/chime/") }),
      "AuthorizationHeaderMalformed",
    ],
    [
      "another day's scope",
      changed(part, { authorization: authorization.replace("20130524/", "20130523/") }),
      "AuthorizationHeaderMalformed",
    ],
    [
      "a header that was put in on the way",
      changed(part, { "x-amz-bypass-governance-retention": "true" }),
      "AccessDenied",
    ],
    ["a body of which nothing is said", changed(part, { "x-amz-content-sha256": "" }), "InvalidRequest"],
    ["a time that is none", changed(part, { "x-amz-date": "yesterday" }), "AccessDenied"],
    [
      "an address that lives longer than a week",
      address({ "X-Amz-Expires": "604801" }),
      "AuthorizationQueryParametersError",
    ],
    [
      "an address that was made to live longer",
      address({ "X-Amz-Expires": "86401" }),
      "SignatureDoesNotMatch",
    ],
    [
      "an address without its signature",
      address({ "X-Amz-Signature": "" }),
      "AuthorizationQueryParametersError",
    ],
    [
      "an address with a signature that is no hex",
      address({ "X-Amz-Signature": "zz" }),
      "SignatureDoesNotMatch",
    ],
    ["both ways at once", changed(address(), { authorization }), "InvalidArgument"],
  ])("%s", (_, request, code) => {
    expect(refusal(() => verify(request))).toBe(code);
  });

  test("a clock that is off by more than a quarter of an hour, either way; another region", () => {
    for (const [minutes, code] of [
      [15, "none"],
      [15.1, "RequestTimeTooSkewed"],
      [-15, "none"],
      [-15.1, "RequestTimeTooSkewed"],
    ] as const)
      expect(
        refusal(() => verify(part, noon + minutes * 60_000)),
        String(minutes),
      ).toBe(code);
    expect(refusal(() => verify(part, noon, "eu-west-1"))).toBe("AuthorizationHeaderMalformed");
  });

  test("an address after its time, and one of the future", () => {
    const day = 86_400_000;
    expect(refusal(() => verify(address(), noon + day))).toBe("none");
    expect(refusal(() => verify(address(), noon + day + 1_000))).toBe("AccessDenied");
    expect(refusal(() => verify(address(), noon - 16 * 60_000))).toBe("AccessDenied");
  });

  test("another body than was signed", () => {
    expect(refusal(() => readPayload(Buffer.from("Welcome to nobody"), put.headers, verify(put)))).toBe(
      "XAmzContentSHA256Mismatch",
    );
  });
});

describe("a body in pieces", () => {
  const piece = (bytes: Buffer, signature: string) =>
    Buffer.concat([
      Buffer.from(`${bytes.length.toString(16)};chunk-signature=${signature}\r\n`),
      bytes,
      Buffer.from("\r\n"),
    ]);
  const [first, second] = [Buffer.alloc(65_536, "a"), Buffer.alloc(1_024, "a")];
  const pieces = (one = first, two = second) =>
    Buffer.concat([
      piece(one, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"),
      piece(two, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"),
      piece(Buffer.alloc(0), "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"),
    ]);
  const sent = ask("PUT", "/examplebucket/chunkObject.txt", {
    headers: {
      host: "s3.amazonaws.com",
      "content-encoding": "aws-chunked",
      "content-length": "66824",
      "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
      "x-amz-date": at,
      "x-amz-decoded-content-length": "66560",
      "x-amz-storage-class": "REDUCED_REDUNDANCY",
      ...signed(
        "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class",
        "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
      ),
    },
  });
  const read = (body: Buffer) => readPayload(body, sent.headers, verify(sent));

  test("each of which is signed is put together", () => {
    expect(read(pieces())).toEqual(Buffer.concat([first, second]));
  });
  test("is refused where one is another, is missing, or is cut short", () => {
    expect(refusal(() => read(pieces(Buffer.alloc(65_536, "b"))))).toBe("SignatureDoesNotMatch");
    expect(refusal(() => read(pieces().subarray(0, 65_700)))).toBe("IncompleteBody");
    expect(refusal(() => read(Buffer.from("0\r\n\r\n")))).toBe("IncompleteBody");
    const unsaid = { ...sent.headers, "x-amz-decoded-content-length": "1" };
    expect(refusal(() => readPayload(pieces(), unsaid, verify(sent)))).toBe("IncompleteBody");
  });
  test("that are not signed are held to their checksum", () => {
    const stream = {
      "x-amz-decoded-content-length": "5",
      "x-amz-trailer": "x-amz-checksum-crc32",
    };
    const trailed = (name: string, value: string) =>
      readPayload(Buffer.from(`5\r\nhello\r\n0\r\n${name}:${value}\r\n\r\n`), stream, {
        ...verify(sent),
        payload: "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
      }).toString();
    expect(trailed("x-amz-checksum-crc32", "NhCmhg==")).toBe("hello");
    expect(refusal(() => trailed("x-amz-checksum-crc32", "AAAAAA=="))).toBe("BadDigest");
    expect(refusal(() => trailed("x-amz-checksum-sha256", "AAAA"))).toBe("MalformedTrailerError");
  });
});
