import { stripVTControlCharacters } from "node:util";

/**
 * What a part of the test run came to. `failed` counts tests; a part that broke without naming one counts as one.
 * `failures`: a line each, where and why, so that the end of a long run says what its middle said.
 */
export type Tally = {
  part: string;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  failures: string[];
};

function sum(tallies: Tally[]): Omit<Tally, "part" | "failures"> {
  const total = { passed: 0, failed: 0, skipped: 0, seconds: 0 };
  for (const tally of tallies) {
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
    total.seconds += tally.seconds;
  }
  return total;
}

/** A part that was cut short (a crash after the last test, a bad configuration) is a failure even with every test green. */
export function settle(tally: Tally, exitCode: number): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** Several runs of one part as one. Where nothing ran at all, the filter fits nothing: a failure too. */
export function together(part: string, tallies: Tally[]): Tally {
  const total = { part, ...sum(tallies), failures: tallies.flatMap(({ failures }) => failures) };
  const ran = total.passed + total.failed + total.skipped;
  return ran > 0 ? total : { ...total, failed: 1, failures: ["no test fits"] };
}

export function describePart({ part, passed, failed, seconds }: Tally): string {
  return `${part.padEnd(6)} ${String(passed).padStart(5)} passed, ${failed} failed, ${seconds.toFixed(0)} s`;
}

/** One line of `failures`: the test, and the first line of what went wrong. */
export function failureLine(name: string, message = ""): string {
  const [reason = ""] = stripVTControlCharacters(message).trim().split("\n");
  return reason === "" ? name : `${name}: ${reason}`;
}

/** Every failure of the run, each with its part; nothing when all is well. */
export function describeFailures(tallies: Tally[]): string {
  const lines = tallies.flatMap(({ part, failures }) => failures.map((line) => `FAILED ${part}: ${line}\n`));
  return lines.length === 0 ? "" : `\n${lines.join("")}`;
}

/** The last line of the whole run. */
export function describeTotal(tallies: Tally[]): string {
  const { passed, failed, skipped } = sum(tallies);
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
