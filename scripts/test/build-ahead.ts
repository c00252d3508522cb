import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuild } from "../start/build";
import { localEnv } from "../start/child-env";

const nowhere = "http://127.0.0.1:9";

/**
 * Builds the pages as `npm start` would, while tests run that measure no time. One that fails is told, and fails the walks through the pages: their
 * `npm start` builds again.
 */
export async function buildAhead(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "vouchsafe-build-"));
  try {
    await ensureBuild({
      root: fileURLToPath(new URL("../..", import.meta.url)),
      env: localEnv(
        process.env,
        { databaseUrl: "", appUrl: nowhere, port: 9, laptopUrl: nowhere, dataFolder: folder, lan: null },
        false,
      ),
      logFile: path.join(folder, "build.log"),
      announce: () => void process.stdout.write("building the pages beside the database's tests …\n"),
      signal: new AbortController().signal,
    });
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
