import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { readJson } from "../start/private-file";
import { installed, runCommand } from "./run-command";
import { failureLine, settle, type Tally, together } from "./tally";

/** Suites stand in suites: a file, then its `describe`s. */
const suiteSchema = z.object({
  specs: z
    .array(
      z.object({
        title: z.string(),
        file: z.string(),
        ok: z.boolean(),
        tests: z.array(
          z.object({
            results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })),
          }),
        ),
      }),
    )
    .default([]),
  get suites() {
    return z.array(suiteSchema).default([]);
  },
});
type Suite = z.infer<typeof suiteSchema>;

const reportSchema = z.object({
  suites: z.array(suiteSchema).default([]),
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

function failuresOf({ specs, suites }: Suite): string[] {
  const own = specs
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) =>
      failureLine(`${file} › ${title}`, tests.flatMap(({ results }) => results)[0]?.error?.message),
    );
  return [...own, ...suites.flatMap(failuresOf)];
}

/** Runs the suites of these configurations, one after the other, against the running system. */
export async function runPlaywright(
  startedFile: string,
  filter: string[],
  configs = ["e2e/pages/playwright.config.ts", "e2e/playwright.config.ts"],
): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const config of configs) tallies.push(await runConfig(startedFile, filter, config));
  return together("e2e", tallies);
}

/** A flaky test passed in the end, and counts so. */
async function runConfig(startedFile: string, filter: string[], config: string): Promise<Tally> {
  const began = Date.now();
  const folder = await mkdtemp(path.join(os.tmpdir(), "vouchsafe-playwright-"));
  try {
    const report = path.join(folder, "report.json");
    const { code } = await runCommand(
      installed("playwright"),
      ["test", "-c", config, "--reporter=list,json", "--pass-with-no-tests", ...filter],
      {
        env: {
          VOUCHSAFE_STARTED: startedFile,
          PLAYWRIGHT_JSON_OUTPUT_FILE: report,
          PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        },
      },
    );
    const seconds = (Date.now() - began) / 1000;
    const parsed = reportSchema.safeParse(await readJson(report));
    if (!parsed.success) {
      return { part: "e2e", passed: 0, failed: 1, skipped: 0, seconds, failures: ["no report was written"] };
    }
    const { expected, unexpected, flaky, skipped } = parsed.data.stats;
    const failures = parsed.data.suites.flatMap(failuresOf);
    return settle(
      { part: "e2e", passed: expected + flaky, failed: unexpected, skipped, seconds, failures },
      code,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
