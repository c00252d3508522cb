import { describe, expect, test } from "vitest";
import { frozenClock } from "@/lib/kernel/clock";
import { memorySigner } from "@/lib/ports/testing/memory-signer";
import { type JoinClaims, judgeTimes, readRoomClaims, toPayload, toRoomPayload } from "./claims";
import { n } from "./fixtures/p256";
import { signJws } from "./jws";
import { type Kind, kinds } from "./kinds";
import { verifyAs, verifyClaims, verifyToken } from "./verify-token";

const signer = memorySigner();
const clock = frozenClock("2026-11-21T15:00:00Z");
const now = Math.floor(clock.now().getTime() / 1000);
const claims: JoinClaims = {
  jti: "4f9c2f4e-9a43-4a54-8d2f-0a7b1c6d5e4f",
  iat: now,
  nbf: now - 120,
  exp: now + 1200,
  sub: "aaaaaaaa-0000-4000-8000-000000000001",
  visitId: "dddddddd-0000-4000-8000-000000000001",
  party: "patient",
  nonce: "ab".repeat(32),
};
const link = kinds["visit-link"];
const sign = (changes: Record<string, unknown> = {}, typ: string = link.typ) =>
  signJws(signer, typ, { ...toPayload(link, claims), ...changes });

describe("a token of ours", () => {
  test("is taken, with the seed's claims", async () => {
    expect(await verifyToken({ signer }, await sign())).toEqual({ ok: true, value: claims });
  });

  test("stays valid when the signing key rotates, until that key is no longer accepted", async () => {
    const vault = memorySigner();
    const token = await signJws(vault, link.typ, toPayload(link, claims));
    vault.rotate();
    expect((await verifyToken({ signer: vault }, token)).ok).toBe(true);
    vault.forget("memory-1");
    expect((await verifyToken({ signer: vault }, token)).ok).toBe(false);
  });

  test("has a twin with (r, n−s) that says the same jti: so a token's text may identify nothing", async () => {
    const token = await sign();
    const [head, body, tail] = token.split(".") as [string, string, string];
    const signature = Buffer.from(tail, "base64url");
    const s = BigInt(`0x${signature.subarray(32).toString("hex")}`);
    const other = Buffer.concat([
      signature.subarray(0, 32),
      Buffer.from((n - s).toString(16).padStart(64, "0"), "hex"),
    ]);
    const twin = `${head}.${body}.${other.toString("base64url")}`;
    expect(twin).not.toBe(token);
    expect(await verifyToken({ signer }, twin)).toEqual({ ok: true, value: claims });
  });

  test("is refused when any letter of it is another", async () => {
    const token = await sign();
    for (let at = 0; at < token.length; at += 7) {
      const other = token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
      expect((await verifyToken({ signer }, other)).ok, `letter ${at}`).toBe(false);
    }
  });
});

test.each<[string, Record<string, unknown>]>([
  ["exp as text", { exp: String(now + 1200) }],
  ["no exp", { exp: undefined }],
  ["exp null", { exp: null }],
  ["exp in milliseconds", { exp: (now + 1200) * 1000 }],
  ["exp negative", { exp: -1 }],
  ["exp a fraction", { exp: now + 0.5 }],
  ["exp beyond every number", { exp: 1e308 }],
  ["exp before iat", { exp: now - 1, nbf: now - 200 }],
  ["nbf as text", { nbf: "0" }],
  ["no nbf", { nbf: undefined }],
  ["no iat", { iat: undefined }],
  ["iat true", { iat: true }],
  ["iat zero", { iat: 0 }],
  ["another issuer", { iss: "telehealth-video-api.evil" }],
  ["no issuer", { iss: undefined }],
  ["a list of audiences", { aud: ["video-visit", "room"] }],
  ["no jti", { jti: undefined }],
  ["a jti that is no UUID", { jti: "1; DROP TABLE vouchers" }],
  ["a jti in capitals", { jti: claims.jti.toUpperCase() }],
  ["an unknown role", { role: "admin" }],
  ["a short nonce", { nonce: "ab" }],
  ["no visit", { visit_id: undefined }],
])("signed by us, yet refused: %s", async (_, changes) => {
  expect(await verifyToken({ signer }, await sign(changes))).toEqual({
    ok: false,
    error: { code: "TOKEN_INVALID" },
  });
});

describe("at the edges of time, two minutes are allowed", () => {
  const at = (changes: Partial<JoinClaims>, seconds: number) =>
    judgeTimes({ ...claims, ...changes }, new Date((now + seconds) * 1000));
  test("119 s after exp it is still looked at", () => expect(at({}, 1200 + 119)).toBe("live"));
  test("120 s after exp and later it is expired", () => {
    expect(at({}, 1200 + 120)).toBe("expired");
    expect(at({}, 1200 + 121)).toBe("expired");
  });
  test("nbf 119 s ahead is fine, 121 s ahead is early", () => {
    expect(at({ nbf: now + 119 }, 0)).toBe("live");
    expect(at({ nbf: now + 121 }, 0)).toBe("early");
  });
  test("iat an hour ahead is no token of ours", () => expect(at({ iat: now + 3600 }, 0)).toBe("invalid"));
});

describe("a token made for one door opens no other", () => {
  // The kinds that exist, and the like of those that later stages bring: whatever signs with our keys must not be confused.
  const all: Record<string, Kind> = {
    ...kinds,
    "media-ticket": { typ: "media-ticket+jwt", aud: "media-gateway" },
    "same audience, other type": { typ: "other+jwt", aud: link.aud },
    "same type, other audience": { typ: link.typ, aud: "other" },
    "plain JWT": { typ: "JWT", aud: link.aud },
  };
  const names = Object.keys(all);
  for (const made of names)
    for (const shown of names)
      test(`${made} shown as ${shown}`, async () => {
        const token = await signJws(signer, all[made]!.typ, toPayload(all[made]!, claims));
        expect((await verifyAs({ signer }, all[shown]!, token)).ok).toBe(made === shown);
      });

  test("an invite to a room is none to a visit, nor a visit's link to a room, whoever changes their types", async () => {
    const { jti, exp, nbf, iat, nonce } = claims;
    const invite = { jti, exp, nbf, iat, nonce, roomId: claims.visitId, role: "guest" } as const;
    const room = kinds["room-invite"];
    const asRoom = (token: string) => verifyClaims({ signer }, room, token, readRoomClaims);
    const signed = await signJws(signer, room.typ, toRoomPayload(room, invite));
    expect(await asRoom(signed)).toEqual({ ok: true, value: invite });
    expect((await verifyToken({ signer }, signed)).ok).toBe(false);
    expect((await asRoom(await sign())).ok).toBe(false);
    expect((await asRoom(await sign({}, room.typ))).ok, "its type alone").toBe(false);
    expect((await asRoom(await sign({ aud: room.aud }, room.typ))).ok, "its claims are a visit's").toBe(
      false,
    );
    const asHost = await signJws(signer, room.typ, { ...toRoomPayload(room, invite), role: "clinician" });
    expect((await asRoom(asHost)).ok).toBe(false);
  });

  test("no two kinds share a type or an audience", () => {
    const listed = Object.values<Kind>(kinds);
    expect(new Set(listed.map((kind) => kind.typ)).size).toBe(listed.length);
    expect(new Set(listed.map((kind) => kind.aud)).size).toBe(listed.length);
  });
});
