import { type Db, openDb } from "@/db/as-actor";
import { absentIdentity } from "@/lib/adapters/absent-identity";
import { chimeMeetings } from "@/lib/adapters/aws/chime-meetings";
import { chimeRecorder } from "@/lib/adapters/aws/chime-recorder";
import { chimeSipBridge } from "@/lib/adapters/aws/chime-sip-bridge";
import { chimeTranscriber } from "@/lib/adapters/aws/chime-transcriber";
import { cognitoIdentity } from "@/lib/adapters/aws/cognito-identity";
import { connectContactCentre } from "@/lib/adapters/aws/connect-contact-centre";
import { connectDeskWitness } from "@/lib/adapters/aws/connect-desk-witness";
import { endUserTexter } from "@/lib/adapters/aws/end-user-texter";
import { kmsCipher } from "@/lib/adapters/aws/kms-cipher";
import { kmsSigner } from "@/lib/adapters/aws/kms-signer";
import { sesMailer } from "@/lib/adapters/aws/ses-mailer";
import { snsMessageEvents } from "@/lib/adapters/aws/sns-message-events";
import { laptopAgentDoor } from "@/lib/adapters/laptop/agent-door";
import { laptopDeskWitness } from "@/lib/adapters/laptop/desk-witness";
import { type Env, env, hasAccounts } from "@/lib/env";
import { type Clock, systemClock } from "@/lib/kernel/clock";
import type { Keyring } from "@/lib/keyring/keyring";
import { openKeyring } from "@/lib/keyring/open-keyring";
import { type Log, openLog } from "@/lib/log";
import type { AgentDoor, DeskWitness } from "@/lib/ports/agent-door";
import type { Cipher } from "@/lib/ports/cipher";
import type { ContactCentre } from "@/lib/ports/contact-centre";
import type { Identity } from "@/lib/ports/identity";
import type { Mailer } from "@/lib/ports/mailer";
import type { Meetings } from "@/lib/ports/meetings";
import type { MessageEvents } from "@/lib/ports/message-events";
import type { Recorder } from "@/lib/ports/recorder";
import type { Signer } from "@/lib/ports/signer";
import type { SipBridge } from "@/lib/ports/sip-bridge";
import type { Texter } from "@/lib/ports/texter";
import type { Transcriber } from "@/lib/ports/transcriber";

/** Everything that a use case may ask for. Each declares the part that it needs. */
export type Container = {
  env: Env;
  clock: Clock;
  log: Log;
  db: Db;
  keyring: Keyring;
  signer: Signer;
  cipher: Cipher;
  meetings: Meetings;
  contactCentre: ContactCentre;
  /** Null where calls by route `sip` are not set up. */
  sipBridge: SipBridge | null;
  /** Null where the desk's phone is not ours to speak for: in front of the real cloud. */
  agentDoor: AgentDoor | null;
  /** Null where nobody can say what is at a desk. */
  deskWitness: DeskWitness | null;
  /** Null unless `CAPTIONS` says otherwise. */
  transcriber: Transcriber | null;
  /** Null where there is no place for recordings. */
  recorder: Recorder | null;
  texter: Texter;
  mailer: Mailer;
  messageEvents: MessageEvents;
  identity: Identity;
};

/** Wires a process together. Reaches the database and the vault once (the keyring); throws when it cannot. */
export async function openContainer(processName: string, env: Env): Promise<Container> {
  const clock = systemClock;
  const log = openLog(processName, env.LOG_LEVEL);
  const db = openDb(env.DATABASE_URL, {
    max: env.DATABASE_POOL_MAX,
    log,
    applicationName: `vouchsafe-${processName}`,
  });
  const cipher = kmsCipher({ env });
  const agentDoor = env.CLOUD === "local" && env.LAPTOP_AGENT_SECRET ? laptopAgentDoor({ env }) : null;
  try {
    return {
      env,
      clock,
      log,
      db,
      cipher,
      keyring: await openKeyring({ db, cipher }),
      signer: kmsSigner({ env, clock }),
      meetings: chimeMeetings({ env }),
      contactCentre: connectContactCentre({ env }),
      sipBridge: env.SIP_MEDIA_APPLICATION_ID ? chimeSipBridge({ env }) : null,
      agentDoor,
      deskWitness: deskWitnessOf(env, agentDoor),
      transcriber: env.CAPTIONS === "on" ? chimeTranscriber({ env }) : null,
      recorder: env.RECORDINGS_BUCKET ? chimeRecorder({ env }) : null,
      texter: endUserTexter({ env }),
      mailer: sesMailer({ env }),
      messageEvents: snsMessageEvents({ env, clock }),
      identity: hasAccounts(env) ? cognitoIdentity({ env }) : absentIdentity,
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

function deskWitnessOf(env: Env, agentDoor: AgentDoor | null): DeskWitness | null {
  if (agentDoor) return laptopDeskWitness(agentDoor);
  return env.CLOUD === "aws" && env.NEXT_PUBLIC_CONNECT_CCP_URL ? connectDeskWitness({ env }) : null;
}

const shared = globalThis as typeof globalThis & { vouchsafe?: Promise<Container> };

/**
 * The web process's one container, opened at first use. Kept on `globalThis` because Next loads modules more than once.
 * A failed opening is not kept: the next request tries again.
 */
export function deps(): Promise<Container> {
  shared.vouchsafe ??= openContainer("web", env()).catch((error: unknown) => {
    shared.vouchsafe = undefined;
    throw error;
  });
  return shared.vouchsafe;
}
