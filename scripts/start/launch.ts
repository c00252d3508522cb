import { randomBytes } from "node:crypto";
import path from "node:path";
import { ensureBuild } from "./build";
import { bundleLaptop, bundleOf, sourceOf } from "./bundle";
import { cloudEnv, type LanDoor, lambdaEnv, lanUrl, laptopEnv, localEnv } from "./child-env";
import { lockDataFolder, prepareDataFolder } from "./data-folder";
import { type Database, openDatabase } from "./database";
import { type Demo, prepareDemo } from "./demo";
import { deployLambdas } from "./deploy-lambdas";
import { waitUntilHealthy } from "./health";
import { chooseLanAddress } from "./lan/address";
import { ensureLanCertificate } from "./lan/certificate";
import type { Lock } from "./lock";
import { claimPort } from "./ports";
import { createService, type Service } from "./service";
import type { LaunchSettings } from "./settings";
import { clearStarted, describeStarted, writeStarted } from "./started";
import { watchSources } from "./watch-sources";

const healthyWithinMs = 60_000;

/** The terminal, and what must be undone at the end: the latest first. */
export type Launch = {
  root: string;
  say: (line: string) => void;
  signal: AbortSignal;
  undo: Array<() => Promise<void>>;
};

/** Starts everything and returns once all of it is healthy. What it started stands in `launch.undo`, whatever happens. */
export async function launchAll(settings: LaunchSettings, launch: Launch): Promise<void> {
  const began = Date.now();
  const { dataFolder: folder, dev } = settings;
  await prepareDataFolder(folder);
  const lock = await lockDataFolder(folder);
  launch.undo.push(() => lock.release());
  await clearStarted(folder);

  const isLocal = settings.cloud === "local";
  const port = await claimPort(settings.port, "PORT", "the app");
  const laptopPort = isLocal ? await claimPort(settings.laptopPort, "LAPTOP_PORT", "the laptop cloud") : 0;
  const lan = settings.lan ? await openLan(settings.lan, folder, launch) : null;
  const appUrl = settings.publicUrl ?? (lan ? lanUrl(lan) : `http://localhost:${port}`);
  const laptopUrl = `http://127.0.0.1:${laptopPort}`;
  const functionsFile = path.join(folder, "functions.json");
  /** Signs agents in at the laptop cloud; another one at each start. */
  const agentSecret = randomBytes(32).toString("base64url");
  const databaseUrl = () =>
    database?.url() ?? settings.databaseUrl ?? "postgres://not-started.invalid/vouchsafe";
  const env = () =>
    isLocal
      ? localEnv(
          process.env,
          { databaseUrl: databaseUrl(), appUrl, port, laptopUrl, dataFolder: folder, lan },
          dev,
        )
      : cloudEnv(process.env, { port }, dev);

  let database: Database | undefined;
  const services: Service[] = [];
  const service = (
    name: string,
    script: string,
    environment: () => NodeJS.ProcessEnv,
    args: string[] = [],
  ) => {
    const made = createService({
      name,
      script,
      args,
      env: environment,
      logFolder: path.join(folder, "logs"),
      warn: launch.say,
      changed: () =>
        void noteChildren(lock, appUrl, services).catch((error: Error) =>
          launch.say(`launcher.json: ${error.message}`),
        ),
    });
    services.push(made);
    return made;
  };
  const laptop = isLocal
    ? service("laptop", dev ? "laptop/main.ts" : await bundleLaptop(launch.root), () =>
        laptopEnv(process.env, {
          port: laptopPort,
          folder: path.join(folder, "laptop"),
          eventsUrl: `http://127.0.0.1:${port}/api/events/messages`,
          functionsFile,
          demoHostFile: path.join(folder, "demo-host.json"),
          agentSecret,
          lan,
        }),
      )
    : null;
  const web = service(
    "web",
    dev ? sourceOf("web") : bundleOf("web"),
    // The pages alone speak for agents.
    () => ({ ...env(), ...(isLocal ? { LAPTOP_AGENT_SECRET: agentSecret } : {}) }),
    dev ? ["--dev"] : [],
  );
  const worker = service("worker", dev ? sourceOf("worker") : bundleOf("worker"), env);

  const deploy = async () => {
    if (isLocal)
      await deployLambdas(launch.root, functionsFile, lambdaEnv({ databaseUrl: databaseUrl(), laptopUrl }));
  };
  const opening = openDatabase(settings, {
    warn: launch.say,
    moved: () => {
      void deploy().catch((error: Error) => launch.say(`functions.json: ${error.message}`));
      web.restart("must learn where the database moved");
      worker.restart("must learn where the database moved");
    },
  });
  launch.undo.push(async () => (await opening.catch(() => null))?.stop());
  if (laptop) launch.undo.push(() => laptop.stop());
  launch.undo.push(async () => void (await Promise.all([web.stop(), worker.stop()])));

  const unbuild = new AbortController();
  const building = dev ? Promise.resolve(false) : buildPages(launch, folder, env(), unbuild.signal);
  launch.undo.push(async () => {
    unbuild.abort();
    await building.catch(() => {}); // its failure has been told
  });
  const laptopUp = laptop ? serve(laptop, `${laptopUrl}/health`, "laptop cloud", launch) : Promise.resolve();
  laptopUp.catch(() => {}); // told below, where it is waited for
  [database] = await Promise.all([opening, building]);
  await deploy();
  launch.signal.throwIfAborted();

  // The pages take longest to load, and need the laptop cloud only when they are asked whether they are ready.
  const webUp = serve(web, `http://127.0.0.1:${port}/api/ready`, "app", launch);
  webUp.catch(() => {});
  await laptopUp;
  const [demo] = await Promise.all([
    isLocal ? prepareDemo(dev ? sourceOf("seed") : bundleOf("seed"), env()) : Promise.resolve(undefined),
    webUp,
    worker.start(),
  ]);
  launch.signal.throwIfAborted();

  if (dev) watchForChanges(launch, laptop, worker);
  await announce({
    launch,
    settings,
    appUrl,
    laptopUrl,
    agentSecret,
    demo,
    database,
    began,
    lan: lan !== null,
  });
}

/** Finds the address that phones will open, and makes the certificate for it. */
async function openLan(
  wanted: { address: string | null; port: number },
  folder: string,
  launch: Launch,
): Promise<LanDoor> {
  const { address, others } = chooseLanAddress(wanted.address);
  const port = await claimPort(wanted.port, "LAN_PORT", "the door for phones", [address]);
  if (others.length > 0)
    launch.say(
      `phones will open ${address}; another network of this computer: --lan=${others.join(" or --lan=")}`,
    );
  return { address, port, certificate: await ensureLanCertificate(folder, address) };
}

async function serve(service: Service, healthUrl: string, what: string, launch: Launch): Promise<void> {
  await service.start();
  await waitUntilHealthy(healthUrl, what, healthyWithinMs, launch.signal);
}

function buildPages(
  launch: Launch,
  folder: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<boolean> {
  const announce = () => launch.say("building the pages, as the sources changed (under a minute) …");
  return ensureBuild({
    root: launch.root,
    env,
    logFile: path.join(folder, "logs", "build.log"),
    announce,
    signal,
  });
}

function noteChildren(lock: Lock, appUrl: string, services: Service[]): Promise<void> {
  const running = Object.fromEntries(
    services.flatMap((one) => (one.pid() ? [[one.name, one.pid() ?? 0]] : [])),
  );
  return lock.note({ appUrl, children: Object.values(running), services: running });
}

function watchForChanges(launch: Launch, laptop: Service | null, worker: Service): void {
  const stops = [
    watchSources(launch.root, ["lib", "db", "runtimes"], () => worker.restart("has new sources")),
  ];
  if (laptop) stops.push(watchSources(launch.root, ["laptop"], () => laptop.restart("has new sources")));
  launch.undo.push(async () => {
    for (const stop of stops) stop();
  });
}

async function announce(about: {
  launch: Launch;
  settings: LaunchSettings;
  appUrl: string;
  laptopUrl: string;
  agentSecret: string;
  demo: Demo | undefined;
  database: Database;
  began: number;
  lan: boolean;
}): Promise<void> {
  const { launch, settings, appUrl, laptopUrl, demo, database } = about;
  const places = settings.cloud === "local" ? { appUrl, laptopUrl } : { appUrl };
  if (demo)
    await writeStarted(settings.dataFolder, { appUrl, laptopUrl, agentSecret: about.agentSecret, ...demo });
  launch.say(
    describeStarted(
      { ...places, ...demo },
      {
        seconds: (Date.now() - about.began) / 1000,
        database: database.description,
        folder: path.relative(launch.root, settings.dataFolder) || ".",
        lan: about.lan,
      },
    ),
  );
}
