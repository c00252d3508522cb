import fc from "fast-check";
import { expect, test } from "vitest";
import { readKeyword } from "./keywords";

test.each([
  ["STOP", "stop"],
  ["stop", "stop"],
  ["  Stop. ", "stop"],
  ["S.T.O.P", "stop"],
  ["STOP ALL", "stop"],
  ['"Stop!"', "stop"],
  ["unsubscribe", "stop"],
  ["Cancel", "stop"],
  ["end", "stop"],
  ["QUIT", "stop"],
  ["opt-out", "stop"],
  ["¡ALTO!", "stop"],
  ["parar", "stop"],
  ["ＳＴＯＰ", "stop"],
  ["Start", "start"],
  ["unstop", "start"],
  ["Reanudar", "start"],
  ["help", "help"],
  ["Info?", "help"],
  ["ayuda", "help"],
])("%j asks for %s", (body, ask) => {
  expect(readKeyword(body)?.ask).toBe(ask);
});

test.each([
  "please don't stop my visits",
  "I can't stop coughing",
  "stop smoking help",
  "helpful",
  "",
  "   ",
  "👍",
  "constructor",
  "__proto__",
  "parara",
])("%j asks for nothing", (body) => expect(readKeyword(body)).toBeNull());

test("whatever is written, reading it does not fail", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (body) => {
      readKeyword(body);
    }),
    { numRuns: 10_000 },
  );
});
