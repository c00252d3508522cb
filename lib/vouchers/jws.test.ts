import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memorySigner } from "@/lib/ports/testing/memory-signer";
import { decodeCanonical } from "./base64url";
import { makeVectors } from "./fixtures/p256-vectors";
import { parseJws, signJws, verifyEs256 } from "./jws";

const vectors = makeVectors();

describe("ES256", () => {
  test(`every one of ${vectors.length} signatures at the edges is judged as labelled`, () => {
    expect(vectors.length).toBeGreaterThanOrEqual(262);
    const wrong = vectors.filter(
      ({ key, message, signature, valid }) => verifyEs256(key, message, signature) !== valid,
    );
    expect(wrong.map((vector) => vector.comment)).toEqual([]);
  });

  test("a key of another curve or kind never says yes", async () => {
    const signer = memorySigner();
    const { signature } = await signer.sign(Buffer.from("text"));
    for (const other of [
      generateKeyPairSync("ec", { namedCurve: "secp256k1" }),
      generateKeyPairSync("ec", { namedCurve: "P-384" }),
      generateKeyPairSync("ed25519"),
    ])
      expect(verifyEs256(other.publicKey, Buffer.from("text"), signature)).toBe(false);
  });
});

describe("the form of a token", async () => {
  const token = await signJws(memorySigner(), "visit-link+jwt", { jti: "x", n: 1 });
  const [head, body, tail] = token.split(".") as [string, string, string];
  const encode = (text: string) => Buffer.from(text).toString("base64url");
  const header = { alg: "ES256", typ: "visit-link+jwt", kid: "memory-1" };
  const withHeader = (value: unknown) => `${encode(JSON.stringify(value))}.${body}.${tail}`;

  test("what we sign, we read", () => {
    expect(parseJws(token)?.header).toEqual(header);
  });

  test.each([
    ["padding", `${head}=.${body}.${tail}`],
    ["white space before", ` ${token}`],
    ["a line feed after", `${token}\n`],
    ["a line feed within", `${head}.${body}.\n${tail}`],
    ["base64's own letters", `${head}.${body}.${tail.slice(0, -1)}+`],
    ["two segments", `${head}.${body}`],
    ["four segments", `${token}.`],
    ["five segments (JWE)", `${head}..${body}.${tail}.${tail}`],
    ["an empty signature", `${head}.${body}.`],
    ["a signature of 63 bytes", `${head}.${body}.${Buffer.alloc(63).toString("base64url")}`],
    ["no algorithm", withHeader({ ...header, alg: "none" })],
    ["a shared-secret algorithm", withHeader({ ...header, alg: "HS256" })],
    ["another curve's algorithm", withHeader({ ...header, alg: "ES384" })],
    ["a key brought along", withHeader({ ...header, jwk: { kty: "EC" } })],
    ["a key's address", withHeader({ ...header, jku: "https://evil.example/keys" })],
    ["a certificate's address", withHeader({ ...header, x5u: "https://evil.example/cert" })],
    ["a critical extension", withHeader({ ...header, crit: ["b64"], b64: false })],
    ["no key id", withHeader({ alg: "ES256", typ: "visit-link+jwt" })],
    ["a key id that is a path", withHeader({ ...header, kid: "../../dev/null" })],
    ["a type that is a list", withHeader({ ...header, typ: ["visit-link+jwt"] })],
    ["a header that is a list", withHeader([header])],
    [
      "a doubled member",
      `${encode('{"alg":"none","alg":"ES256","typ":"visit-link+jwt","kid":"memory-1"}')}.${body}.${tail}`,
    ],
    ["spaces in the JSON", `${encode(JSON.stringify(header, null, 1))}.${body}.${tail}`],
    ["a byte order mark", `${encode(`\ufeff${JSON.stringify(header)}`)}.${body}.${tail}`],
    ["bytes that are no UTF-8", `${head}.${Buffer.of(0x7b, 0xff, 0x7d).toString("base64url")}.${tail}`],
    ["more than a token ever needs", `${head}.${encode(JSON.stringify({ fill: "x".repeat(3000) }))}.${tail}`],
  ])("%s is refused", (_, text) => {
    expect(parseJws(text)).toBeNull();
  });

  test("other stray bits at the end of any segment make no second text for the same token", () => {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const twins = [...letters].map((letter) => tail.slice(0, -1) + letter).filter((text) => text !== tail);
    const same = twins.filter((text) =>
      Buffer.from(text, "base64url").equals(Buffer.from(tail, "base64url")),
    );
    expect(same.length).toBeGreaterThan(0); // Node's decoder would take these
    for (const text of same) expect(parseJws(`${head}.${body}.${text}`)).toBeNull();
  });

  test("no text makes the parser throw, and none but the canonical one is read", () => {
    const nearToken = fc
      .tuple(fc.nat(token.length), fc.nat(3), fc.string({ maxLength: 3 }))
      .map(([at, cut, put]) => token.slice(0, at) + put + token.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary", maxLength: 300 }), nearToken), (text) => {
        const parsed = parseJws(text);
        if (!parsed) return;
        const parts = [JSON.stringify(parsed.header), JSON.stringify(parsed.payload), parsed.signature];
        expect(parts.map((part) => Buffer.from(part).toString("base64url")).join(".")).toBe(text);
      }),
      { numRuns: 10_000 },
    );
  });

  test("base64url has one text for each string of bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(decodeCanonical(Buffer.from(bytes).toString("base64url"))).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 10_000 },
    );
  });
});
