import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { readJson } from "../start/private-file";
import { installed, runCommand } from "./run-command";
import { settle, type Tally } from "./tally";

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number().default(0),
  numFailedTestSuites: z.number().default(0),
});

/** Runs one vitest project (`unit`, `db`, `wire`) and counts. `filter` narrows it to matching files. */
export async function runVitest(
  project: string,
  filter: string[],
  env: Record<string, string | undefined> = {},
): Promise<Tally> {
  const began = Date.now();
  const folder = await mkdtemp(path.join(os.tmpdir(), "vouchsafe-vitest-"));
  try {
    const report = path.join(folder, "report.json");
    const { code } = await runCommand(
      installed("vitest"),
      [
        "run",
        "--project",
        project,
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${report}`,
        ...filter,
      ],
      { env: { NODE_ENV: "test", ...env } },
    );
    const seconds = (Date.now() - began) / 1000;
    const parsed = reportSchema.safeParse(await readJson(report));
    if (!parsed.success) return { part: project, passed: 0, failed: 1, skipped: 0, seconds };
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = parsed.data;
    return settle({ part: project, passed, failed, skipped, seconds }, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
