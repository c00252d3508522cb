import fc from "fast-check";
import { expect, test } from "vitest";
import { VendorError } from "../http/vendor-error";
import { openInbox } from "./inbox";
import { readRaw } from "./read-mail";
import { parseAddress, sendEmail } from "./send-email";

const refusedOrRead = async (work: () => Promise<unknown>) => {
  try {
    await work();
  } catch (cause) {
    expect(cause).toBeInstanceOf(VendorError);
  }
};

test("any bytes at all are a mail or a refusal, never a crash", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (bytes) =>
      refusedOrRead(() => readRaw(Buffer.from(bytes).toString("base64"))),
    ),
    { numRuns: 5_000 },
  );
}, 30_000);

test("mails with broken headers and borders are read as far as they go", async () => {
  const line = fc.constantFrom(
    "Content-Type: multipart/mixed; boundary=b",
    "Content-Type: text/calendar; method=REQUEST",
    "Content-Transfer-Encoding: base64",
    "Content-Disposition: attachment; filename*=utf-8''%zz",
    "Subject: =?utf-8?B?4pyT?= =?x?",
    "--b",
    "--b--",
    "",
    "QkVHSU4=",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 25 }), (lines) =>
      refusedOrRead(() => readRaw(Buffer.from(lines.join("\r\n")).toString("base64"))),
    ),
    { numRuns: 5_000 },
  );
}, 30_000);

test("any JSON is a SendEmail or a refusal, never a crash", async () => {
  const inbox = openInbox({ load: undefined, save: () => {}, now: () => 0 });
  const shape = fc.record(
    {
      FromEmailAddress: fc.constantFrom<unknown>("a@x.test", "", 5, null),
      Destination: fc.constantFrom<unknown>({ ToAddresses: ["b@x.test"] }, { ToAddresses: "b" }, null, [], 7),
      Content: fc.oneof(
        fc.jsonValue(),
        fc.record({ Simple: fc.jsonValue() }, { requiredKeys: [] }),
        fc.record({ Raw: fc.jsonValue() }),
      ),
      EmailTags: fc.jsonValue(),
      ConfigurationSetName: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(shape, (input) =>
      refusedOrRead(() => sendEmail({ inbox, drops: false, bounces: false, sent: () => {} }, input)),
    ),
    { numRuns: 10_000 },
  );
}, 30_000);

test.each([
  ["jane@x.test", "jane@x.test"],
  ['"Dr. Jane" <jane@x.test>', "jane@x.test"],
  [" jane@x.test ", "jane@x.test"],
])("%s is %s", (given, address) => {
  expect(parseAddress(given, "To")).toBe(address);
});

test.each(["", "jane", "a@b@c", "jane@x.test\r\nBcc: all@x.test", "<>", "jane@-x", "a,b@x.test", null, {}])(
  "%j is no address",
  (given) => {
    expect(() => parseAddress(given, "To")).toThrow(VendorError);
  },
);
