import type { Db } from "@/db/as-actor";
import type { Env } from "@/lib/env";
import type { Clock } from "@/lib/kernel/clock";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Log } from "@/lib/log";
import type { ContactCentre } from "@/lib/ports/contact-centre";
import type { Meetings } from "@/lib/ports/meetings";
import type { Recorder } from "@/lib/ports/recorder";
import type { Signer } from "@/lib/ports/signer";

/** What the rooms' use cases draw on, all told; each takes the part that it needs. */
type RoomDeps = {
  env: Env;
  clock: Clock;
  log: Log;
  db: Db;
  keyring: Keyring;
  signer: Signer;
  meetings: Meetings;
  contactCentre: ContactCentre;
  /** Null where there is no place for recordings. */
  recorder: Recorder | null;
};
export type Need<Part extends keyof RoomDeps> = Pick<RoomDeps, Part>;
