import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { readJson } from "../start/private-file";
import { installed, runCommand } from "./run-command";
import { settle, type Tally } from "./tally";

const reportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** Runs the end-to-end suite against the running system and counts. A flaky test passed in the end, and counts so. */
export async function runPlaywright(
  startedFile: string,
  filter: string[],
  config = "e2e/playwright.config.ts",
): Promise<Tally> {
  const began = Date.now();
  const folder = await mkdtemp(path.join(os.tmpdir(), "vouchsafe-playwright-"));
  try {
    const report = path.join(folder, "report.json");
    const { code } = await runCommand(
      installed("playwright"),
      ["test", "-c", config, "--reporter=list,json", ...filter],
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
    if (!parsed.success) return { part: "e2e", passed: 0, failed: 1, skipped: 0, seconds };
    const { expected, unexpected, flaky, skipped } = parsed.data.stats;
    return settle({ part: "e2e", passed: expected + flaky, failed: unexpected, skipped, seconds }, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
