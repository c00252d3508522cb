import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { openDb } from "@/db/as-actor";
import type { Finding, Head } from "@/lib/audit/chain";
import { verifyAudit } from "@/lib/audit/verify";
import { startPostgres } from "./start/postgres";
import { readLaunchSettings } from "./start/settings";

/**
 * npm run audit:verify [-- --write-anchor <file>] [-- --against <file>]
 * Recomputes the audit's chains. Exit code 0: whole; 1: a row was changed, removed, added or swapped, and is named.
 * An anchor kept on another machine also shows a log rewritten from end to end by somebody with all rights in the database.
 */
/** Broken chains to name one by one; each with its first bad row. */
const shown = 10;
const { values } = parseArgs({
  options: { "write-anchor": { type: "string" }, against: { type: "string" } },
});

const settings = readLaunchSettings(path.resolve(import.meta.dirname, ".."), []);
// The embedded database is used as it runs, or started for as long as this takes.
const embedded = settings.databaseUrl
  ? null
  : await startPostgres({ folder: path.join(settings.dataFolder, "postgres") });
const db = openDb(settings.databaseUrl ?? embedded!.appUrl, {
  max: 1,
  applicationName: "vouchsafe-audit-verify",
});
try {
  const anchor = values.against ? parseAnchor(await readFile(values.against, "utf8")) : [];
  const verdict = await verifyAudit({ db }, anchor);
  for (const finding of verdict.findings.slice(0, shown)) console.log(describe(finding));
  if (verdict.findings.length > shown) console.log(`… and ${verdict.findings.length - shown} more chains`);
  if (verdict.findings.length === 0) {
    console.log(`The audit is whole: ${verdict.rows} rows in ${verdict.anchor.length} chains.`);
    if (values["write-anchor"]) await writeFile(values["write-anchor"], formatAnchor(verdict.anchor));
  } else {
    console.log(
      `The audit is broken in ${verdict.findings.length} of 256 chains (${verdict.rows} rows read).`,
    );
    process.exitCode = 1;
  }
} finally {
  await db.close();
  if (embedded && !embedded.attached) await embedded.stop();
}

function describe({ stream, seq, id, problem }: Finding): string {
  return `chain ${stream}, row ${seq}${id ? ` (${id})` : ""}: ${problem}`;
}

function formatAnchor(heads: Head[]): string {
  return `${heads.map((head) => `${head.stream} ${head.seq} ${head.hash.toString("hex")}`).join("\n")}\n`;
}

function parseAnchor(text: string): Head[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const match = /^(\d{1,3}) (\d+) ([0-9a-f]{64})$/.exec(line);
      if (!match) throw new Error(`not a line of an anchor file: ${line.slice(0, 80)}`);
      return { stream: Number(match[1]), seq: Number(match[2]), hash: Buffer.from(match[3]!, "hex") };
    });
}
