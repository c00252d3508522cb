import { expect, test } from "vitest";
import { csvLine, csvResponse } from "./csv";

async function* once<Row>(...pages: Row[][]) {
  for (const page of pages) yield page;
}
const table = <Row extends string[]>(pages: AsyncGenerator<Row[]>, failed = (_: unknown) => {}) =>
  csvResponse({ name: "t", head: ["a", "b"], pages, line: (row) => row }, failed);

test.each([
  ["=1+1", "'=1+1"],
  ["+15550101234", "'+15550101234"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", `"'\r=1"`],
  ['=HYPERLINK("http://evil.test")', `"'=HYPERLINK(""http://evil.test"")"`],
])("what a spreadsheet would run is text: %j", (typed, written) => {
  expect(csvLine([typed])).toBe(`${written}\r\n`);
});

test("words, numbers and nothing stay as they are; quotes, commas and line breaks keep their cell together", () => {
  expect(csvLine(["Lucía", -3, null, true, 'a "b", c\nd', "a=b"])).toBe(
    'Lucía,-3,,true,"a ""b"", c\nd",a=b\r\n',
  );
});

test("a file is saved under its name, begins with its head, and holds every page", async () => {
  const response = table(once([["1", "2"]], [["3", "4"]]));
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="t.csv"');
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)).toBe("\ufeffa,b\r\n1,2\r\n3,4\r\n");
});

test("a reader who goes away ends the reading, and pages nobody has room for are not read", async () => {
  let [read, ended] = [0, false];
  async function* endless() {
    try {
      for (;;) {
        read += 1;
        yield [["x", "y"]];
      }
    } finally {
      ended = true;
    }
  }
  const reader = table(endless()).body!.getReader();
  await reader.read();
  await reader.read();
  await reader.cancel();
  expect(ended).toBe(true);
  expect(read).toBeLessThan(5);
});

test("a fault on the way breaks the file off rather than end it", async () => {
  async function* broken() {
    yield [["1", "2"]];
    throw new Error("the database went away");
  }
  const told: unknown[] = [];
  await expect(table(broken(), (fault) => told.push(fault)).text()).rejects.toThrow("went away");
  expect(told).toHaveLength(1);
});
