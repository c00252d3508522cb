import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bindingRequest, hasIntegrity, readStun, writeBindingSuccess } from "./stun";

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ""), "hex");

describe("RFC 5769", () => {
  const password = "VOkJxbRl1RmTxUk/WvJxBt";
  const request = hex(`
    00010058 2112a442 b7e7a701bc34d686fa87dfae 80220010 5354554e207465737420636c69656e74 00240004 6e0001ff
    80290008 932ff9b151263b36 00060009 6576746a3a68367659202020 00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
    80280004 e57a3bcf`);
  const response = hex(`
    0101003c 2112a442 b7e7a701bc34d686fa87dfae 8022000b 7465737420766563746f7220 00200008 0001a147e112a643
    00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004 c07d4c96`);

  test("the sample request is read, and its integrity and fingerprint hold", () => {
    const message = readStun(request);
    expect(message).toMatchObject({ type: bindingRequest, username: "evtj:h6vY", useCandidate: false });
    expect(hasIntegrity(request, message!, password)).toBe(true);
    expect(hasIntegrity(request, message!, `${password}x`)).toBe(false);
  });

  test("the sample response is whole, too", () => {
    expect(hasIntegrity(response, readStun(response)!, password)).toBe(true);
  });

  test("our answer maps the address as the sample does", () => {
    const ours = writeBindingSuccess(
      request.subarray(8, 20),
      { address: "192.0.2.1", port: 32853 },
      password,
    );
    expect(ours.subarray(20, 32)).toEqual(response.subarray(36, 48));
    expect(hasIntegrity(ours, readStun(ours)!, password)).toBe(true);
  });

  test("one flipped bit anywhere, and it is nobody's", () => {
    for (let at = 0; at < request.length; at++) {
      const bent = Buffer.from(request);
      bent[at] = bent[at]! ^ 0x10;
      const message = readStun(bent);
      expect(message !== null && hasIntegrity(bent, message, password), `byte ${at}`).toBe(false);
    }
  });
});

test("Chromium's own checks are understood", () => {
  const file = path.join(import.meta.dirname, "../fixtures/stun-checks.json");
  const { pwd, checks } = JSON.parse(readFileSync(file, "utf8")) as { pwd: string; checks: string[] };
  const messages = checks.map((check) => ({ bytes: hex(check), message: readStun(hex(check)) }));
  for (const { bytes, message } of messages) {
    expect(message?.username).toMatch(/^[0-9a-f]{12}:\S{4}$/);
    expect(hasIntegrity(bytes, message!, pwd)).toBe(true);
  }
  expect(messages.map(({ message }) => message?.useCandidate)).toEqual([false, true]);
});

test("no bytes whatever make it throw, or pass without the password", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const message = readStun(Buffer.from(bytes));
      return message === null || !hasIntegrity(Buffer.from(bytes), message, "a password");
    }),
    { numRuns: 10_000 },
  );
  // Nearly right: a true header, anything after it.
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (body) => {
      const bytes = Buffer.concat([hex("0001 0000 2112a442 b7e7a701bc34d686fa87dfae"), body]);
      bytes.writeUInt16BE(body.length, 2);
      const message = readStun(bytes);
      return message === null || !hasIntegrity(bytes, message, "a password");
    }),
    { numRuns: 10_000 },
  );
});
