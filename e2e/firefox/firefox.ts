import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { type Bidi, connectBidi } from "./bidi";
import { findFirefox } from "./find-firefox";
import { type FirefoxPage, openFirefoxPage } from "./page";

const startedWithinMs = 60_000;
const closedWithinMs = 10_000;

/** What the pretended microphone plays. */
export const firefoxToneHz = 880;

/** Pretended devices and a person who allows them. Everything else is as Firefox comes, above all how it looks for a way for media. */
const prefs = {
  "media.navigator.streams.fake": true,
  "media.navigator.audio.fake_frequency": firefoxToneHz,
  "media.navigator.permission.disabled": true,
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
};

const logged = z.object({ level: z.string(), text: z.string().nullable() });
const asked = z.object({ context: z.string().nullable(), request: z.object({ url: z.string() }) });
const chromeTree = z.object({ contexts: z.array(z.object({ context: z.string() })) });
const session = z.object({ capabilities: z.object({ browserVersion: z.string() }) });

export type Firefox = {
  version: string;
  /** A window with cookies of its own. */
  openPage(viewport: { width: number; height: number }): Promise<FirefoxPage>;
  /** What pages logged as wrong since the last call, and whom they asked for anything. */
  takeTrouble(): { errors: string[]; hosts: string[] };
  /** What the person presses in the address bar: camera and microphone for every page, from now on. */
  setDevicesAllowed(allowed: boolean): Promise<void>;
  /** As a computer that sleeps: every process of it stands still, its sockets stay. */
  sleep(): Promise<void>;
  wake(): Promise<void>;
  close(): Promise<void>;
};

/**
 * The machine's Firefox, without a screen, by WebDriver BiDi: Playwright's own driver asks stock versions for commands that they lack.
 * Certificates that nobody vouches for are taken, as by the person who goes on past the warning.
 */
export async function openFirefox(): Promise<Firefox> {
  const file = findFirefox();
  if (!file) throw new Error("no Firefox on this machine");
  const profile = await mkdtemp(path.join(os.tmpdir(), "vouchsafe-firefox-"));
  const lines = Object.entries(prefs).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(path.join(profile, "user.js"), lines.join(""));
  const child = spawn(
    file,
    [
      "--headless",
      "--no-remote",
      // For the browser's own settings, which a person would press in its address bar.
      "--remote-allow-system-access",
      "--profile",
      profile,
      "--remote-debugging-port",
      "0",
    ],
    { env: { ...process.env, HOME: profile }, stdio: ["ignore", "ignore", "pipe"] },
  );
  const exited = once(child, "exit");
  let bidi: Bidi | null = null;

  async function close(): Promise<void> {
    bidi?.close();
    if (child.exitCode === null) await signalAll(child, "SIGCONT"); // one that sleeps can't hear
    child.kill();
    const tooSlow = setTimeout(() => child.kill("SIGKILL"), closedWithinMs);
    await exited;
    clearTimeout(tooSlow);
    await rm(profile, { recursive: true, force: true });
  }

  try {
    let errors: string[] = [];
    let hosts = new Set<string>();
    bidi = await connectBidi(`${await addressOf(child)}/session`, (method, params) => {
      if (method === "log.entryAdded") {
        const { level, text } = logged.parse(params);
        if (level === "error") errors.push(text ?? "");
      } else if (method === "network.beforeRequestSent") {
        const { context, request } = asked.parse(params);
        const { protocol, host } = new URL(request.url);
        if (context && /^(https?|wss?):$/.test(protocol)) hosts.add(host);
      }
    });
    const capabilities = { alwaysMatch: { acceptInsecureCerts: true } };
    const made = await bidi.send("session.new", { capabilities }, session);
    await bidi.send(
      "session.subscribe",
      { events: ["log.entryAdded", "network.beforeRequestSent"] },
      z.object({}),
    );
    const driver = bidi;
    return {
      version: made.capabilities.browserVersion,
      openPage: (viewport) => openFirefoxPage(driver, viewport),
      takeTrouble() {
        const trouble = { errors, hosts: [...hosts] };
        errors = [];
        hosts = new Set();
        return trouble;
      },
      async setDevicesAllowed(allowed) {
        const { contexts } = await driver.send(
          "browsingContext.getTree",
          { "moz:scope": "chrome" },
          chromeTree,
        );
        const expression = `
          Services.prefs.setBoolPref("media.navigator.permission.disabled", false);
          for (const kind of ["camera", "microphone"])
            Services.prefs.setIntPref("permissions.default." + kind, ${allowed ? 1 : 2});`;
        const target = { context: contexts[0]?.context };
        await driver.send(
          "script.evaluate",
          { expression, target, awaitPromise: false },
          z.object({ type: z.literal("success") }),
        );
      },
      sleep: () => signalAll(child, "SIGSTOP"),
      wake: () => signalAll(child, "SIGCONT"),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** To the browser and to all the processes that it started, and they. */
async function signalAll(child: ChildProcess, signal: "SIGSTOP" | "SIGCONT"): Promise<void> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid="]);
  const all = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const family = [child.pid];
  for (const parent of family) family.push(...all.filter(([, its]) => its === parent).map(([pid]) => pid));
  for (const pid of family) if (pid) process.kill(pid, signal);
}

/** Where it takes commands, which it says on its error output. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = "";
    const timer = setTimeout(() => failed(new Error(`Firefox named no address:\n${said}`)), startedWithinMs);
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`Firefox ended with ${code}:\n${said}`)));
    child.stderr?.on("data", (data: Buffer) => {
      said += data.toString();
      const address = /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1];
      if (!address) return;
      clearTimeout(timer);
      found(address);
    });
  });
}
