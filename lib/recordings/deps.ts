import type { Db } from "@/db/as-actor";
import type { Env } from "@/lib/env";
import type { Clock } from "@/lib/kernel/clock";
import type { Log } from "@/lib/log";
import type { Recorder } from "@/lib/ports/recorder";

/** What recordings draw on, all told; each use case takes the part that it needs. */
type RecordingDeps = {
  env: Env;
  clock: Clock;
  log: Log;
  db: Db;
  /** Null where there is no place for recordings. */
  recorder: Recorder | null;
};
export type Need<Part extends keyof RecordingDeps> = Pick<RecordingDeps, Part>;
