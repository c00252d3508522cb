import path from "node:path";
import { type Chime, startChime } from "./chime/index";
import { type CognitoCloud, startCognito } from "./cognito/index";
import { type Connect, startConnect } from "./connect/index";
import { type Faults, openFaults } from "./faults";
import { type Kms, startKms } from "./kms/index";
import { type Lambdas, startLambdas } from "./lambda/index";
import { type MediaPipelines, startMediaPipelines } from "./media-pipelines/index";
import { type Inbox, openInbox } from "./messages/inbox";
import { type OptedOut, openOptedOut } from "./messages/opted-out";
import { type S3, startS3 } from "./s3/index";
import { chimeSecret } from "./secret";
import type { LaptopSettings } from "./settings";
import { type Sns, startSns } from "./sns/index";
import { stateFile } from "./state-file";
import { openExchange, type PhoneCall } from "./voice/exchange";
import { startVoice, type Voice } from "./voice/index";

/** Every service, each with its state read back. */
export type Cloud = {
  kms: Kms;
  inbox: Inbox;
  optedOut: OptedOut;
  sns: Sns;
  cognito: CognitoCloud;
  chime: Chime;
  connect: Connect;
  lambda: Lambdas;
  voice: Voice;
  s3: S3;
  pipelines: MediaPipelines;
  faults: Faults;
  /** Pages that are open: each is told when anything changes. */
  watchers: Set<() => void>;
  /** Where a phone on the local network opens links; null when only this machine can. Without a trailing slash. */
  phoneOrigin: string | null;
  /** What the demo of a site of somebody else's was given; "": there is none. */
  demoHostFile: string;
  /** Hangs everybody up and has all state on disk. */
  close(): Promise<void>;
};

/** `url`: our own address, known only once we listen. */
export async function openCloud(
  settings: LaptopSettings,
  url: () => string,
  log: (line: object) => void,
): Promise<Cloud> {
  const { dataFolder, region } = settings;
  const now = Date.now;
  const watchers = new Set<() => void>();
  const files: Array<{ close(): void }> = [];

  /** State under this name; pages are told of each change. */
  function kept(name: string) {
    const file = stateFile(dataFolder, name, (cause) =>
      log({ level: "error", state: name, fault: `not saved: ${String(cause)}` }),
    );
    files.push(file);
    return {
      load: file.load(),
      saveNow: file.saveNow,
      save(state: unknown): void {
        file.save(state);
        for (const watcher of watchers) watcher();
      },
    };
  }

  const faultState = kept("faults");
  const faults = openFaults({
    ...faultState,
    save(list) {
      faultState.save(list);
      loseMedia();
    },
  });
  const inbox = openInbox({ ...kept("inbox"), now });
  const optedOut = openOptedOut(kept("opted-out"));
  const sns = await startSns({ ...kept("sns"), url, region, now, log });
  const { load, saveNow } = kept("kms");
  const kms = startKms({ load, save: saveNow, region, now });
  const cognito = await startCognito({
    ...kept("cognito"),
    baseUrl: url,
    region,
    deliver: (mail) =>
      inbox.add({
        kind: "email",
        from: "no-reply@verificationemail.test",
        ...mail,
        attachments: [],
        tags: {},
        delivery: faults.drops("cognito") ? "dropped" : "delivered",
      }),
    log,
  });
  const chime = await startChime({
    ...kept("chime"),
    secret: chimeSecret(dataFolder),
    publicUrl: () => settings.signalingUrl ?? url(),
    udpPort: settings.udpPort,
    udpHost: settings.udpHost,
    log,
  });
  function loseMedia(): void {
    chime.faults.set({ blackhole: faults.drops("chime") });
  }
  loseMedia();
  const lambda = startLambdas({
    functionsFile: settings.functionsFile,
    region,
    log,
    faults: (operation) => faults.apply("lambda", operation),
  });
  // Where no trunk is configured, the far side of our Voice Connector is our own contact centre: by SIP and RTP all the same.
  const exchange = settings.voice.trunk
    ? null
    : await openExchange({ onCall: (call) => void takeCall(call), log });
  const voice = await startVoice({
    settings: {
      ...settings.voice,
      region,
      ...(exchange ? { trunk: exchange.trunk, host: exchange.trunk.host } : {}),
    },
    openLine: chime.openLine,
    invoke: lambda.invoke,
    log,
  });
  const objects = kept("s3");
  const uploads = kept("s3-uploads");
  const s3 = startS3({
    versions: { load: objects.load, save: objects.saveNow },
    uploads: { load: uploads.load, save: uploads.saveNow },
    folder: path.join(dataFolder, "s3"),
    kms,
    region,
    now,
  });
  const pipelines = startMediaPipelines({
    ...kept("media-pipelines"),
    store: s3.store,
    listen: chime.listen,
    region,
    now,
    log,
  });
  async function takeCall(call: PhoneCall): Promise<void> {
    try {
      await connect.takeCall(call);
    } catch (cause) {
      log({ level: "error", connect: "call not taken", fault: String(cause) });
      call.hangUp();
    }
  }
  const connect = startConnect({
    contacts: kept("connect"),
    desk: kept("connect-desk"),
    meetings: chime,
    lambdas: lambda,
    openLine: chime.openLine,
    instanceId: settings.connectInstanceId,
    flowIds: settings.connectFlowIds,
    region,
    agentSecret: settings.agentSecret,
    quotas: settings.quotas,
    now,
    log,
  });

  return {
    kms,
    inbox,
    optedOut,
    sns,
    cognito,
    chime,
    connect,
    lambda,
    voice,
    s3,
    pipelines,
    faults,
    watchers,
    phoneOrigin: settings.signalingUrl,
    demoHostFile: settings.demoHostFile,
    async close() {
      sns.close();
      connect.close();
      voice.close();
      exchange?.close();
      lambda.close();
      pipelines.close();
      await chime.close();
      await cognito.close();
      for (const file of files) file.close();
    },
  };
}
