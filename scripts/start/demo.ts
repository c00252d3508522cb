import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { Halt } from "./halt";
import { loader } from "./service";

const demoSchema = z.object({
  patientLink: z.url(),
  clinicianLink: z.url(),
  accounts: z.array(z.object({ email: z.string(), password: z.string(), groups: z.array(z.string()) })),
  adminKey: z.string(),
});
/** Who may sign in, and a fresh visit's two links. */
export type Demo = z.infer<typeof demoSchema>;

/** Has the app's own use cases make the demo: accounts once, a visit that starts soon at every start. */
export async function prepareDemo(script: string, env: NodeJS.ProcessEnv): Promise<Demo> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [...loader(script), script, "--json"], {
      env,
      timeout: 60_000,
      maxBuffer: 4 * 1024 * 1024,
    });
    return readDemo(stdout);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const said = "stderr" in error && typeof error.stderr === "string" ? error.stderr : error.message;
    const telling =
      said.split("\n").find((line) => /^\w*(Error|Exception|Fault)\b/.test(line)) ?? said.split("\n")[0];
    throw new Halt(`The demo data could not be made: ${telling?.trim()}`);
  }
}

/** The script's answer is one line of JSON; its log lines may stand around it. */
export function readDemo(stdout: string): Demo {
  for (const line of stdout.split("\n").reverse()) {
    if (!line.startsWith("{") || !line.includes('"patientLink"')) continue;
    return demoSchema.parse(JSON.parse(line));
  }
  return demoSchema.parse(JSON.parse(stdout));
}
