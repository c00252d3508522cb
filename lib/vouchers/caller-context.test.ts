import { describe, expect, test } from "vitest";
import { frozenClock } from "@/lib/kernel/clock";
import { memorySigner } from "@/lib/ports/testing/memory-signer";
import { contextSeconds, signCallerContext, verifyCallerContext } from "./caller-context";
import { toPayload } from "./claims";
import { signJws } from "./jws";
import { issuer, kinds } from "./kinds";
import { verifyToken } from "./verify-token";

const signer = memorySigner();
const now = frozenClock("2026-11-21T15:00:00Z").now();
const iat = now.getTime() / 1000;
const callId = "4f9c2f4e-9a43-4a54-8d2f-0a7b1c6d5e4f";
const customerId = "aaaaaaaa-0000-4000-8000-000000000001";
const { typ, aud } = kinds["caller-context"];
const look = (token: string) => verifyCallerContext(signer, token, now);

describe("a caller context", () => {
  test("says which call and which customer, for two minutes, and nothing else", async () => {
    const token = await signCallerContext(signer, { callId, customerId, iat });
    expect(await look(token)).toEqual({
      ok: true,
      value: { callId, customerId, iat, exp: iat + contextSeconds },
    });
    const said = JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString());
    expect(Object.keys(said).sort()).toEqual(["aud", "exp", "iat", "iss", "jti", "nbf", "sub"]);
  });

  const payload = { jti: callId, iss: issuer, aud, iat, nbf: iat, exp: iat + 120, sub: customerId };
  test.each<[string, Record<string, unknown>, string?]>([
    ["another audience", { aud: "video-visit" }],
    ["a list of audiences", { aud: [aud, "video-visit"] }],
    ["another type", {}, "visit-link+jwt"],
    ["a plain JWT's type", {}, "JWT"],
    ["another issuer", { iss: "somebody" }],
    ["a life of an hour", { exp: iat + 3600 }],
    ["no end", { exp: undefined }],
    ["an end as text", { exp: String(iat + 120) }],
    ["a beginning ahead", { iat: iat + 600, nbf: iat + 600, exp: iat + 700 }],
    ["no customer", { sub: undefined }],
    ["a customer that is no id", { sub: "12345" }],
    ["no call", { jti: "1" }],
  ])("signed by us, yet refused: %s", async (_, changes, type = typ) => {
    expect((await look(await signJws(signer, type, { ...payload, ...changes }))).ok).toBe(false);
  });

  test("of another key, or changed by one letter, is none", async () => {
    expect((await look(await signJws(memorySigner(), typ, payload))).ok).toBe(false);
    const token = await signJws(signer, typ, payload);
    expect((await look(token)).ok).toBe(true);
    for (let at = 0; at < token.length; at += 5) {
      const other = token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
      expect((await look(other)).ok, `letter ${at}`).toBe(false);
    }
    for (const text of ["", "a.b.c", "null", `${"x".repeat(5_000)}.y.z`])
      expect((await look(text)).ok).toBe(false);
  });

  test("is no link, nor a link one", async () => {
    expect((await verifyToken({ signer }, await signJws(signer, typ, payload))).ok).toBe(false);
    const link = kinds["visit-link"];
    const claims = {
      jti: callId,
      iat,
      nbf: iat,
      exp: iat + 60,
      sub: customerId,
      visitId: callId,
      nonce: "ab".repeat(32),
    };
    const token = await signJws(signer, link.typ, toPayload(link, { ...claims, party: "patient" }));
    expect((await look(token)).ok).toBe(false);
  });
});
