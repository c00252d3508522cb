import { withTestDatabase } from "./test/database";
import { describeTotal, type Tally } from "./test/tally";
import { runVitest } from "./test/vitest";

const parts: Record<string, (filter: string[]) => Promise<Tally[]>> = {
  unit: async (filter) => [await runVitest("unit", filter)],
  db: async (filter) => [await withTestDatabase((env) => runVitest("db", filter, env))],
  wire: async (filter) => [await runVitest("wire", filter)],
};

const [name = "all", ...filter] = process.argv.slice(2);
const part = parts[name];
if (!part) throw new Error(`no such part: ${name} (${Object.keys(parts).join(", ")})`);
const tallies = await part(filter);
process.stdout.write(`${describeTotal(tallies)}\n`);
process.exitCode = tallies.every((tally) => tally.failed === 0) ? 0 : 1;
