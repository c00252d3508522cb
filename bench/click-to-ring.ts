import { stat } from "node:fs/promises";
import path from "node:path";
import type { Started } from "../e2e/started";
import { bundleLambdas } from "../scripts/start/bundle";
import { type Measured, median } from "./report";

const rounds = 7;
const limitMs = 700;
const bundleLimit = 300_000;
const waitMs = 20_000;

type Desk = { contact: { phase: string } | null };

/** Somebody of the demo, by an API of the product's own. */
async function signIn({ appUrl, accounts }: Started, who: string) {
  const { email, password } = accounts.find((one) => one.email.startsWith(`${who}@`)) ?? {};
  const send = async (at: string, body: object, token = "") => {
    const response = await fetch(`${appUrl}${at}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${at}: ${response.status} ${(await response.text()).slice(0, 200)}`);
    return response.json();
  };
  const { access_token: token } = await send("/auth/login", { email, password });
  return { token, post: (at: string, body: object) => send(at, body, token) };
}

/** An agent's desk as its page follows it. `until` answers when, on this process's clock. */
async function openDesk(started: Started) {
  const { token, post } = await signIn(started, "agent");
  const leaving = new AbortController();
  const stream = await fetch(`${started.appUrl}/api/desk/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: leaving.signal,
  });
  let latest: Desk | null = null;
  let told: () => void = () => {};
  const follow = async () => {
    let text = "";
    for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
      const events = (text + chunk).split("\n\n");
      text = events.pop() ?? "";
      const data = events.findLast((event) => event.includes("event: state"))?.split("data: ")[1];
      if (data) latest = JSON.parse(data).phone;
      told();
    }
  };
  follow().catch((cause: unknown) => {
    if (!leaving.signal.aborted) throw cause;
  });
  const until = (is: (desk: Desk) => boolean) =>
    new Promise<number>((done, failed) => {
      const tooLong = setTimeout(() => failed(new Error("the desk never came to that")), waitMs);
      told = () => {
        if (!latest || !is(latest)) return;
        clearTimeout(tooLong);
        done(performance.now());
      };
      told();
    });
  await post("/api/desk/acts", { act: "status", status: "Available" });
  return {
    until,
    async close() {
      await post("/api/desk/acts", { act: "status", status: "Offline" });
      leaving.abort();
    },
  };
}

/** From a customer's request to their agent's desk ringing, by each route, driven by program; and what the functions weigh. */
export async function clickToRing(started: Started): Promise<Measured[]> {
  const figures: Measured[] = [];
  const customer = await signIn(started, "customer");
  const desk = await openDesk(started);
  try {
    for (const route of ["webrtc", "sip"] as const) {
      const took: number[] = [];
      for (let round = 0; round <= rounds; round++) {
        await desk.until(({ contact }) => contact === null);
        const clickedAt = performance.now();
        const rung = desk.until(({ contact }) => contact?.phase === "ringing");
        const { callId } = await customer.post("/api/start-call", { route });
        took.push((await rung) - clickedAt);
        await customer.post(`/api/support-calls/${callId}/end`, {});
      }
      const warm = took.slice(1); // the first finds a cold process
      figures.push({
        name: `click to the agent's ring, route ${route}`,
        ours: median(warm),
        limit: limitMs,
        unit: "ms",
        note: `rounds ${took.map(Math.round).join(", ")}, the first not counted`,
      });
    }
  } finally {
    await desk.close();
  }
  for (const [name, folder] of await bundleLambdas(path.resolve(import.meta.dirname, "..")))
    figures.push({
      name: `bundle of the function ${name}`,
      ours: (await stat(path.join(folder, "index.mjs"))).size / 1_000,
      limit: bundleLimit / 1_000,
      unit: "kB",
    });
  return figures;
}
