import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { readJson } from "../start/private-file";
import { installed, runCommand } from "./run-command";
import { failureLine, settle, type Tally } from "./tally";

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number().default(0),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/** A file whose tests are green and which failed all the same (its set-up, its clearing away) is named by its message. */
function failuresOf({ testResults }: z.infer<typeof reportSchema>): string[] {
  return testResults
    .filter(({ status }) => status === "failed")
    .flatMap(({ name, message, assertionResults }) => {
      const file = path.relative(process.cwd(), name);
      const failed = assertionResults.filter(({ status }) => status === "failed");
      return failed.length === 0
        ? [failureLine(file, message)]
        : failed.map((test) => failureLine(`${file} › ${test.fullName}`, test.failureMessages?.[0]));
    });
}

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
    if (!parsed.success) {
      return {
        part: project,
        passed: 0,
        failed: 1,
        skipped: 0,
        seconds,
        failures: ["no report was written"],
      };
    }
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = parsed.data;
    const failures = failuresOf(parsed.data);
    return settle({ part: project, passed, failed, skipped, seconds, failures }, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
