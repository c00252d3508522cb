import { type Db, openDb } from "@/db/as-actor";
import { kmsCipher } from "@/lib/adapters/aws/kms-cipher";
import { kmsSigner } from "@/lib/adapters/aws/kms-signer";
import { type Clock, systemClock } from "@/lib/kernel/clock";
import type { Keyring } from "@/lib/keyring/keyring";
import { openKeyring } from "@/lib/keyring/open-keyring";
import type { Signer } from "@/lib/ports/signer";
import { must, readCloud, type Source } from "./lambda-settings";

type LambdaDeps = {
  db: Db;
  clock: Clock;
  signer: Signer;
  /** Opened at first use; a failed opening is not kept. */
  keyring(): Promise<Keyring>;
};

function readSettings(source: Source) {
  return {
    ...readCloud(source),
    DATABASE_URL: must(source, "DATABASE_URL"),
    VIDEO_JWT_KMS_KEY_ID: must(source, "VIDEO_JWT_KMS_KEY_ID"),
    VIDEO_JWT_KMS_RETIRED_KEY_IDS: (source.VIDEO_JWT_KMS_RETIRED_KEY_IDS ?? "").split(",").filter(Boolean),
    VIDEO_RECORDINGS_KMS_KEY_ID: must(source, "VIDEO_RECORDINGS_KMS_KEY_ID"),
  };
}

/** Wires a function together. Reaches nothing yet; throws when a setting is missing. */
export function openLambda(name: string, source: Source): LambdaDeps {
  const env = readSettings(source);
  const clock = systemClock;
  // One invocation at a time is all that a function's process ever has.
  const db = openDb(env.DATABASE_URL, { max: 1, applicationName: `vouchsafe-${name}` });
  let opening: Promise<Keyring> | null = null;
  return {
    db,
    clock,
    signer: kmsSigner({ env, clock }),
    keyring() {
      opening ??= openKeyring({ db, cipher: kmsCipher({ env }) }).catch((error: unknown) => {
        opening = null;
        throw error;
      });
      return opening;
    },
  };
}
