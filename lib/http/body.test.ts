import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson } from "./body";

const request = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request("http://vouchsafe.test/api/visits", {
    method: "POST",
    body,
    headers,
    ...({ duplex: "half" } as object),
  });
const codeOf = async (body: BodyInit | null, headers?: Record<string, string>) => {
  const read = await readJson(request(body, headers));
  return read.ok ? "ok" : read.error.code;
};

describe("a request's body", () => {
  test("is JSON whatever its content type says (the seed's script has a stray quote in it)", async () => {
    for (const type of ["'application/json", "text/plain", "application/x-www-form-urlencoded"])
      expect(await readJson(request('{"channel":"both"}', { "content-type": type }))).toEqual({
        ok: true,
        value: { channel: "both" },
      });
  });

  test("that is absent reads as nothing given", async () => {
    expect(await readJson(request(null))).toEqual({ ok: true, value: {} });
    expect(await readJson(request(""))).toEqual({ ok: true, value: {} });
  });

  test("that is no JSON, or no UTF-8, is refused", async () => {
    expect(await codeOf("{")).toBe("BODY_MALFORMED");
    expect(await codeOf(new Uint8Array([0x22, 0xff, 0x22]))).toBe("BODY_MALFORMED");
  });

  test("of 64 kB is read and one byte more is not, whatever length it claims", async () => {
    const text = (bytes: number) => `"${"a".repeat(bytes - 2)}"`;
    expect(await codeOf(text(65_536))).toBe("ok");
    expect(await codeOf(text(65_537))).toBe("BODY_TOO_LARGE");
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(16_384).fill(0x20));
      },
    });
    expect(await codeOf(stream)).toBe("BODY_TOO_LARGE");
  });

  test("nested beyond sense, or holding what Postgres can't store, is refused", async () => {
    expect(await codeOf("[".repeat(15) + "]".repeat(15))).toBe("ok");
    expect(await codeOf("[".repeat(40) + "]".repeat(40))).toBe("BODY_MALFORMED");
    expect(await codeOf("[".repeat(30_000) + "]".repeat(30_000))).toBe("BODY_MALFORMED");
    expect(await codeOf('{"reason":"a\\u0000b"}')).toBe("BODY_MALFORMED");
    expect(await codeOf('{"a\\u0000b":1}')).toBe("BODY_MALFORMED");
  });

  test("of any bytes is answered, never thrown over", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json()), async (body) => {
        const read = await readJson(request(body as BodyInit));
        expect(read.ok || read.error.code === "BODY_MALFORMED").toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
