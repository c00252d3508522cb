import { installed, runCommand } from "./run-command";
import { failureLine, type Tally } from "./tally";

const checks: Array<[string, string, string[]]> = [
  ["types", "tsc", ["--noEmit"]],
  ["lint", "biome", ["check", "."]],
  ["dead code", "knip", []],
];

/** Types, lint and dead code; each counts as one test. What a failing one says is printed. */
export async function runChecks(): Promise<Tally> {
  const tally: Tally = { part: "check", passed: 0, failed: 0, skipped: 0, seconds: 0, failures: [] };
  const began = Date.now();
  for (const [name, program, args] of checks) {
    const { code, output } = await runCommand(installed(program), args, { quiet: true });
    process.stdout.write(code === 0 ? `check: ${name} ok\n` : `check: ${name} FAILED\n${output}\n`);
    if (code === 0) {
      tally.passed += 1;
    } else {
      tally.failed += 1;
      tally.failures.push(failureLine(name, output));
    }
  }
  tally.seconds = (Date.now() - began) / 1000;
  return tally;
}
