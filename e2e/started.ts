import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const schema = z.object({
  appUrl: z.url(),
  laptopUrl: z.url(),
  patientLink: z.url(),
  clinicianLink: z.url(),
  accounts: z.array(z.object({ email: z.string(), password: z.string(), groups: z.array(z.string()) })),
  adminKey: z.string(),
});
export type Started = z.infer<typeof schema>;

/** Beside it lie the launcher's own notes and the database's folder. */
export const startedFile = () => process.env.VOUCHSAFE_STARTED ?? ".vouchsafe/started.json";

/** The running system: VOUCHSAFE_STARTED names its `started.json`; without it the one of `npm start`. */
export function readStarted(file = startedFile()): Started {
  return schema.parse(JSON.parse(readFileSync(file, "utf8")));
}

const launcherSchema = z.object({ services: z.record(z.string(), z.number()) });

/** `kill -9`, of one process of the system under test, by the id that its launcher noted. The launcher starts it again. */
export function killService(name: "web" | "laptop" | "worker"): void {
  const file = path.join(path.dirname(startedFile()), "launcher.json");
  const pid = launcherSchema.parse(JSON.parse(readFileSync(file, "utf8"))).services[name];
  if (!pid) throw new Error(`the launcher knows no ${name}`);
  process.kill(pid, "SIGKILL");
}

/** `kill -9` of the embedded database's first process: every session of its dies with it. */
export function killDatabase(): void {
  const file = path.join(path.dirname(startedFile()), "postgres", "cluster", "postmaster.pid");
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (!pid) throw new Error("the database noted no process id");
  process.kill(pid, "SIGKILL");
}
