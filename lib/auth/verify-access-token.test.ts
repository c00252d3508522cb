import { createHmac } from "node:crypto";
import fc from "fast-check";
import {
  type CryptoKey,
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  SignJWT,
} from "jose";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { frozenClock } from "@/lib/kernel/clock";
import { accessTokenVerifier, cognitoAccessTokens, cognitoIssuer } from "./verify-access-token";

const issuer = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example01";
const sub = "64e8d478-5031-7056-0a8d-0123456789ab"; // as the vendor makes them: no RFC 9562 variant
const at = Date.parse("2026-11-21T09:00:00Z") / 1000;
const clock = frozenClock("2026-11-21T09:00:00Z");
const log = { warn: vi.fn() };

type Pair = { privateKey: CryptoKey; publicKey: CryptoKey };
let pool: Pair;
let rotated: Pair;
let attacker: Pair;
let keys: JWK[];

beforeAll(async () => {
  [pool, rotated, attacker] = await Promise.all([
    generateKeyPair("RS256", { extractable: true }),
    generateKeyPair("RS256", { extractable: true }),
    generateKeyPair("RS256", { extractable: true }),
  ]);
  keys = [
    { ...(await exportJWK(pool.publicKey)), kid: "one", alg: "RS256", use: "sig" },
    { ...(await exportJWK(rotated.publicKey)), kid: "two", alg: "RS256", use: "sig" },
  ];
});

const claims = (changes: Record<string, unknown> = {}) => ({
  sub,
  iss: issuer,
  client_id: "ours",
  origin_jti: "0f0e",
  event_id: "e1",
  token_use: "access",
  scope: "aws.cognito.signin.user.admin",
  auth_time: at - 60,
  iat: at - 60,
  exp: at + 3540,
  jti: "j1",
  username: sub,
  "cognito:groups": ["scheduler"],
  ...changes,
});
const sign = (payload = claims(), header: Record<string, unknown> = {}, key = pool.privateKey) =>
  new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: "one", ...header }).sign(key);
const verify = (token: string, shown = keys) =>
  accessTokenVerifier({
    issuer,
    clientIds: ["ours", "ours-web"],
    keys: createLocalJWKSet({ keys: shown }),
    clock,
    log,
  })(token);
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const invalid = { ok: false, error: { code: "ACCESS_TOKEN_INVALID" } };
const expired = { ok: false, error: { code: "ACCESS_TOKEN_EXPIRED" } };

describe("an access token of our pool", () => {
  test("says who holds it, in which groups, since when", async () => {
    expect(await verify(await sign())).toEqual({
      ok: true,
      value: {
        sub,
        username: sub,
        groups: ["scheduler"],
        authTime: at - 60,
        originJti: "0f0e",
        clientId: "ours",
        issuedAt: at - 60,
        expiresAt: at + 3540,
        scope: ["aws.cognito.signin.user.admin"],
      },
    });
  });

  test("somebody in no group has no group", async () => {
    const answer = await verify(await sign(claims({ "cognito:groups": undefined })));
    expect(answer).toMatchObject({ ok: true, value: { groups: [] } });
  });

  test("is good to the last second, and five seconds more for clocks that differ", async () => {
    expect(await verify(await sign(claims({ exp: at - 4 })))).toMatchObject({ ok: true });
    expect(await verify(await sign(claims({ exp: at - 5 })))).toEqual(expired);
    expect(await verify(await sign(claims({ exp: at - 3600 })))).toEqual(expired);
  });

  test("the key may rotate: both are good while both are published", async () => {
    expect(await verify(await sign(claims(), { kid: "two" }, rotated.privateKey))).toMatchObject({
      ok: true,
    });
    expect(await verify(await sign(claims(), { kid: "two" }, rotated.privateKey), keys.slice(0, 1))).toEqual(
      invalid,
    );
  });
});

describe("what is refused", () => {
  test.each<[string, Record<string, unknown>]>([
    ["an ID token", { token_use: "id", aud: "ours", client_id: undefined }],
    ["an ID token dressed with a client_id", { token_use: "id" }],
    ["another issuer", { iss: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Attacker1" }],
    ["an issuer with a slash too many", { iss: `${issuer}/` }],
    ["an issuer in a list", { iss: [issuer] }],
    ["another app client of the same pool", { client_id: "theirs" }],
    ["an app client in a list", { client_id: ["ours"] }],
    ["no client", { client_id: undefined }],
    ["no subject", { sub: undefined }],
    ["a subject that is no id of the pool's", { sub: "../admin" }],
    ["no expiry", { exp: undefined }],
    ["an expiry in words", { exp: String(at + 60) }],
    ["an absurd expiry", { exp: 1e300 }],
    ["no time of issue", { iat: undefined }],
    ["issued in the future", { iat: at + 60 }],
    ["not valid yet", { nbf: at + 60 }],
    ["groups as one string", { "cognito:groups": "admin" }],
    ["groups that are no names", { "cognito:groups": [{ name: "admin" }] }],
    ["no origin", { origin_jti: undefined }],
  ])("%s", async (_, changes) => {
    expect(await verify(await sign(claims(changes)))).toEqual(invalid);
  });

  test.each<[string, Record<string, unknown>]>([
    ["alg none", { alg: "none" }],
    ["alg None, oddly written", { alg: "nOnE" }],
  ])("%s, with and without a signature", async (_, header) => {
    const unsigned = `${encode({ kid: "one", ...header })}.${encode(claims())}`;
    for (const signature of ["", "AA", (await sign()).split(".")[2]])
      expect(await verify(`${unsigned}.${signature}`)).toEqual(invalid);
  });

  test("HS256 with the public key as its secret", async () => {
    const head = `${encode({ alg: "HS256", kid: "one" })}.${encode(claims())}`;
    for (const secret of [await exportSPKI(pool.publicKey), String(keys[0]?.n), JSON.stringify(keys[0])]) {
      const mac = createHmac("sha256", secret).update(head).digest("base64url");
      expect(await verify(`${head}.${mac}`)).toEqual(invalid);
    }
  });

  test("other RSA algorithms, though the pool's key signed", async () => {
    for (const [alg, hash] of [
      ["RS512", "SHA-512"],
      ["RS384", "SHA-384"],
    ] as const) {
      const usage = { name: "RSASSA-PKCS1-v1_5", hash };
      const jwk = { ...(await exportJWK(pool.privateKey)), alg, key_ops: ["sign"] };
      const key = await crypto.subtle.importKey("jwk", jwk, usage, false, ["sign"]);
      expect(await verify(await sign(claims(), { alg }, key))).toEqual(invalid);
    }
  });

  test("a stranger's signature, whatever key its header offers", async () => {
    const jwk = await exportJWK(attacker.publicKey);
    for (const header of [
      {},
      { jwk },
      { jku: "https://attacker.example/jwks.json" },
      { x5u: "https://attacker.example/cert.pem" },
      { x5c: ["MIIB"] },
      { kid: "unknown", jwk },
      { kid: "../../one" },
      { kid: undefined, jwk },
    ])
      expect(await verify(await sign(claims(), header, attacker.privateKey))).toEqual(invalid);
  });

  test("headers that demand what we don't do, though the pool's key signed", async () => {
    const [, payload = ""] = (await sign()).split(".");
    for (const header of [{ crit: ["exp"], exp: 1 }, { crit: ["b64"], b64: false }, { crit: [] }]) {
      const head = `${encode({ alg: "RS256", kid: "one", ...header })}.${payload}`;
      const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", pool.privateKey, Buffer.from(head));
      expect(await verify(`${head}.${Buffer.from(signature).toString("base64url")}`)).toEqual(invalid);
    }
  });

  test("groups written in afterwards", async () => {
    const [header, , signature] = (await sign()).split(".");
    const forged = encode(claims({ "cognito:groups": ["admin"] }));
    expect(await verify(`${header}.${forged}.${signature}`)).toEqual(invalid);
  });

  test("a second spelling of a good token", async () => {
    const token = await sign();
    const [header, payload, signature = ""] = token.split(".");
    // 256 bytes leave four unused bits in the last character: the next letter decodes to the same signature.
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = alphabet[alphabet.indexOf(signature.at(-1) ?? "") + 1];
    const respelt = `${signature.slice(0, -1)}${last}`;
    expect(Buffer.from(respelt, "base64url")).toEqual(Buffer.from(signature, "base64url"));
    for (const other of [
      `${header}.${payload}.${respelt}`,
      `${token}==`,
      ` ${token}`,
      `${token}\n`,
      `${token}.`,
      `Bearer ${token}`,
      Buffer.from(signature, "base64url").toString("base64") === signature
        ? ""
        : `${header}.${payload}.${Buffer.from(signature, "base64url").toString("base64")}`,
    ])
      expect(await verify(other)).toEqual(invalid);
  });

  test("anything else that was ever typed, without a fault", async () => {
    const token = await sign();
    const damaged = fc
      .tuple(fc.nat(token.length - 1), fc.string({ maxLength: 3 }), fc.nat(3))
      .map(([from, put, cut]) => `${token.slice(0, from)}${put}${token.slice(from + cut)}`)
      .filter((other) => other !== token);
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.string({ maxLength: 400 })), async (text) => {
        expect(await verify(text)).toEqual(invalid);
      }),
      { numRuns: 300 },
    );
    expect(await verify("a".repeat(1_000_000))).toEqual(invalid);
    expect(log.warn).not.toHaveBeenCalled();
  });
});

describe("the pool's keys", () => {
  test("when they can't be fetched, nobody is called a liar: it is we who are unavailable", async () => {
    const away = accessTokenVerifier({
      issuer,
      clientIds: ["ours"],
      keys: () => Promise.reject(new TypeError("fetch failed")),
      clock,
      log,
    });
    expect(await away(await sign())).toEqual({
      ok: false,
      error: { code: "IDENTITY_UNAVAILABLE", retryAfterMs: 2_000 },
    });
    expect(log.warn).toHaveBeenCalledOnce();
  });

  test("outside local mode only the vendor's own issuer is believed", () => {
    const env = {
      AWS_ENDPOINT_URL: "http://127.0.0.1:4600",
      AWS_REGION: "us-east-1",
      COGNITO_USER_POOL_ID: "us-east-1_Example01",
    };
    expect(cognitoIssuer({ ...env, CLOUD: "aws" })).toBe(issuer);
    expect(cognitoIssuer({ ...env, CLOUD: "local" })).toBe("http://127.0.0.1:4600/us-east-1_Example01");
  });

  test("a rotation is noticed by its unknown kid, and a flood of unknown kids asks only once", async () => {
    let published = keys.slice(0, 1);
    const fetched = vi
      .spyOn(globalThis, "fetch")
      .mockImplementation(async () => Response.json({ keys: published }));
    vi.useFakeTimers({ now: at * 1000, toFake: ["Date"] });
    try {
      const check = cognitoAccessTokens({
        env: {
          CLOUD: "aws",
          AWS_REGION: "us-east-1",
          COGNITO_USER_POOL_ID: "us-east-1_Example01",
          COGNITO_CLIENT_ID: "ours",
          COGNITO_WEB_CLIENT_ID: "ours-web",
          AWS_ENDPOINT_URL: undefined,
        } as Parameters<typeof cognitoAccessTokens>[0]["env"],
        clock,
        log,
      });
      const next = await sign(claims(), { kid: "two" }, rotated.privateKey);
      expect(await check(await sign())).toMatchObject({ ok: true });
      for (let flood = 0; flood < 20; flood++) expect(await check(next)).toEqual(invalid);
      expect(fetched).toHaveBeenCalledTimes(1);
      published = keys;
      vi.setSystemTime(at * 1000 + 31_000);
      expect(await check(next)).toMatchObject({ ok: true });
      expect(fetched).toHaveBeenCalledTimes(2);
    } finally {
      vi.useRealTimers();
      fetched.mockRestore();
    }
  });
});
