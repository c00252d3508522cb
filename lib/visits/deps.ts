import type { Db } from "@/db/as-actor";
import type { Env } from "@/lib/env";
import type { Clock } from "@/lib/kernel/clock";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Log } from "@/lib/log";
import type { Cipher } from "@/lib/ports/cipher";
import type { ContactCentre } from "@/lib/ports/contact-centre";
import type { Meetings } from "@/lib/ports/meetings";
import type { Recorder } from "@/lib/ports/recorder";
import type { Signer } from "@/lib/ports/signer";
import type { Transcriber } from "@/lib/ports/transcriber";

/** What the visits' use cases draw on, all told; each takes the part that it needs. */
export type VisitDeps = {
  env: Env;
  clock: Clock;
  log: Log;
  db: Db;
  keyring: Keyring;
  signer: Signer;
  cipher: Cipher;
  meetings: Meetings;
  contactCentre: ContactCentre;
  /** Null where there is no place for recordings. */
  recorder: Recorder | null;
  /** Null: no captions here. */
  transcriber: Transcriber | null;
};
export type Need<Part extends keyof VisitDeps> = Pick<VisitDeps, Part>;
