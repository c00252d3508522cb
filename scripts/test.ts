import { buildAhead } from "./test/build-ahead";
import { runChecks } from "./test/checks";
import { withTestDatabase } from "./test/database";
import { ensureChromium } from "./test/ensure-chromium";
import { runPlaywright } from "./test/playwright";
import { withSystem } from "./test/system";
import { describeFailures, describePart, describeTotal, failureLine, type Tally } from "./test/tally";
import { runVitest } from "./test/vitest";

/**
 * `npm test`: everything, on a machine that needs neither Postgres nor Chromium. `npm test -- <part> [filter]`: one part.
 * The last line is `N passed, N failed`; the exit code says the same.
 */
const parts = {
  check: () => runChecks(),
  unit: (filter: string[]) => runVitest("unit", filter),
  db: (filter: string[]) => withTestDatabase((env) => runVitest("db", filter, env)),
  wire: async (filter: string[]) => runVitest("wire", filter, { CHROMIUM_PATH: await ensureChromium() }),
  media: async (filter: string[]) => runVitest("media", filter, { CHROMIUM_PATH: await ensureChromium() }),
  e2e: async (filter: string[]) => {
    process.env.CHROMIUM_PATH = await ensureChromium();
    return withSystem((startedFile) => runPlaywright(startedFile, filter));
  },
};
type Part = keyof typeof parts;

const isPart = (name: string): name is Part => Object.hasOwn(parts, name);

/** A part that could not even run is one failure, and the others still get their turn. */
async function run(name: Part, filter: string[] = []): Promise<Tally> {
  const began = Date.now();
  try {
    return await parts[name](filter);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stdout.write(`${name} could not run: ${reason}\n`);
    const seconds = (Date.now() - began) / 1000;
    return {
      part: name,
      passed: 0,
      failed: 1,
      skipped: 0,
      seconds,
      failures: [failureLine("could not run", reason)],
    };
  }
}

/** Two at a time only where nothing measures time; media suites have the machine to themselves. */
async function runAll(): Promise<Tally[]> {
  const quiet = await Promise.all([run("check"), run("unit")]);
  const [db, wire] = await Promise.all([run("db"), buildAhead().then(() => run("wire"))]);
  return [...quiet, db, wire, await run("media"), await run("e2e")];
}

const [name, ...filter] = process.argv.slice(2);
if (name !== undefined && !isPart(name)) {
  process.stderr.write(`No such part: ${name}. There are ${Object.keys(parts).join(", ")}.\n`);
  process.exit(1);
}
const tallies = name === undefined ? await runAll() : [await run(name, filter)];
process.stdout.write(
  `${describeFailures(tallies)}\n${tallies.map(describePart).join("\n")}\n${describeTotal(tallies)}\n`,
);
process.exit(tallies.every((tally) => tally.failed === 0) ? 0 : 1);
