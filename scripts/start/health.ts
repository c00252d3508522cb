import { setTimeout as delay } from "node:timers/promises";
import { Halt } from "./halt";

/** Waits until the address answers 200. Halts with its last answer when it does not in time. */
export async function waitUntilHealthy(
  url: string,
  what: string,
  withinMs: number,
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await look(url, signal);
    if (answer === "ok") return;
    if (Date.now() > deadline) throw new Halt(`The ${what} is not healthy: ${url} says ${answer}`);
    await delay(50, undefined, { signal });
  }
}

async function look(url: string, stopped: AbortSignal): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([stopped, AbortSignal.timeout(5_000)]) });
    const text = (await response.text()).slice(0, 300);
    return response.ok ? "ok" : `${response.status} ${text}`;
  } catch (error) {
    if (stopped.aborted) throw error;
    return error instanceof Error
      ? error.cause instanceof Error
        ? error.cause.message
        : error.message
      : String(error);
  }
}
