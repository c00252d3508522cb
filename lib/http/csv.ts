/** What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), also behind a separator of another program. */
const formula = /^[=+\-@\t\r]/;

/**
 * One line of a table (RFC 4180), with its line break. A cell that a spreadsheet would run begins with an apostrophe instead: what somebody
 * typed into a name must never become a command on the reader's machine.
 */
export function csvLine(cells: ReadonlyArray<string | number | boolean | null>): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

function cell(value: string | number | boolean | null): string {
  if (value === null) return "";
  const text = typeof value === "string" && formula.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A table as a file that the browser saves, made while it is read: the next rows are asked for when the reader has room, so memory does not
 * grow with the file. Begins with a byte order mark, without which spreadsheets misread names. A fault breaks the connection off, so that
 * half a file never looks whole; `failed` is told it.
 *
 * @param name without its ending.
 */
export function csvResponse<Row>(
  {
    name,
    head,
    pages,
    line,
  }: {
    name: string;
    head: readonly string[];
    pages: AsyncGenerator<readonly Row[]>;
    line(row: Row): ReadonlyArray<string | number | boolean | null>;
  },
  failed: (fault: unknown) => void,
): Response {
  const bytes = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.encode(`\ufeff${csvLine(head)}`));
    },
    async pull(controller) {
      try {
        const { done, value } = await pages.next();
        if (done) controller.close();
        else controller.enqueue(bytes.encode(value.map((row) => csvLine(line(row))).join("")));
      } catch (fault) {
        failed(fault);
        controller.error(fault);
      }
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
    },
  });
}
