import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { explainProject, Halt } from "./start/halt";
import { type Launch, launchAll } from "./start/launch";
import { leaveWithNpm } from "./start/leave-with-npm";
import { readLaunchSettings } from "./start/settings";

/**
 * `npm start` and `npm run dev`: everything, beside an embedded database, until Ctrl-C.
 * Exit code 0 after a stop that was asked for, 1 with one line on stderr when it could not start.
 */
const stopped = new AbortController();
const launch: Launch = {
  root: fileURLToPath(new URL("..", import.meta.url)),
  say: (line) => void process.stdout.write(`${line}\n`),
  signal: stopped.signal,
  undo: [],
};

const asked = new Promise<void>((resolve) => {
  const stop = () => {
    stopped.abort();
    resolve();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
  leaveWithNpm(stop);
});

async function undoAll(): Promise<void> {
  for (const undo of launch.undo.splice(0).reverse()) await undo();
}

try {
  const settings = readLaunchSettings(launch.root, process.argv.slice(2));
  await Promise.race([launchAll(settings, launch), asked]);
  await asked;
  launch.say("stopping …");
  await undoAll();
  process.exit(0);
} catch (error) {
  await undoAll();
  if (stopped.signal.aborted) process.exit(128 + constants.signals.SIGINT);
  const told = explainProject(error);
  process.stderr.write(
    `${told instanceof Halt ? told.message : told instanceof Error ? told.stack : told}\n`,
  );
  process.exit(1);
}
