import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { cleanPng } from "./png";
import { chunk, drawPng } from "./testing-png";

const signature = Buffer.from("89504e470d0a1a0a", "hex");

describe("a clinic's logo", () => {
  test("comes out as the picture it was, without what was hidden in it", () => {
    const secret = chunk("tEXt", Buffer.from("Comment\0taken at home"));
    const drawn = drawPng(3, 2);
    const given = Buffer.concat([drawn.subarray(0, 33), secret, drawn.subarray(33), Buffer.from("<script>")]);
    const clean = cleanPng(given);
    expect(clean).toEqual({ ok: true, value: { bytes: drawn, width: 3, height: 2 } });
  });

  test.each([
    ["no picture", Buffer.from("<svg onload=alert(1)>"), "NOT_PNG"],
    ["nothing", Buffer.alloc(0), "NOT_PNG"],
    ["a picture cut short", drawPng(3, 2).subarray(0, 50), "NOT_PNG"],
    ["a sum that is wrong", Buffer.from(drawPng(3, 2)).fill(7, 45, 46), "NOT_PNG"],
    [
      "a length beyond the end",
      Buffer.concat([signature, Buffer.from("ffffffff49484452", "hex"), Buffer.alloc(9)]),
      "NOT_PNG",
    ],
    [
      "no pixels",
      Buffer.concat([signature, drawPng(1, 1).subarray(8, 33), chunk("IEND", Buffer.alloc(0))]),
      "NOT_PNG",
    ],
    [
      "pixels that unpack without end",
      Buffer.concat([
        signature,
        drawPng(1, 1).subarray(8, 33),
        chunk("IDAT", deflateSync(Buffer.alloc(5_000_000))),
        chunk("IEND", Buffer.alloc(0)),
      ]),
      "NOT_PNG",
    ],
    ["more bytes than a logo has", Buffer.alloc(100 * 1024 + 1), "TOO_LARGE"],
    ["more pixels than a logo has", drawPng(1025, 1), "TOO_WIDE"],
  ])("is refused where it is %s", (_, given, error) => {
    expect(cleanPng(given)).toEqual({ ok: false, error });
  });
});
