import { writeFile } from "node:fs/promises";
import { z } from "zod";
import type { Bidi } from "./bidi";

export type FirefoxPage = {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs in each document of this page before its own scripts. */
  addInitScript<Given>(run: (given: Given) => void, given?: Given): Promise<void>;
  /** What `run` returns, as JSON. */
  evaluate<Given, Got>(run: (given: Given) => Got | Promise<Got>, given?: Given): Promise<Got>;
  /** Clicks a button of that name as a mouse does. False when none can be clicked now. */
  click(button: string): Promise<boolean>;
  /** As the button of the browser: one page back, or forward again. */
  back(): Promise<void>;
  forward(): Promise<void>;
  /** As in a place without a network: requests fail, no socket opens, and the page is told. Open sockets and media are not touched. */
  setOffline(offline: boolean): Promise<void>;
  /** Another tab of the same person, in front of this one: what stands behind paints nothing. */
  openTab(): Promise<FirefoxPage>;
  toFront(): Promise<void>;
  screenshot(options: { path: string }): Promise<void>;
};

const nothing = z.object({});
const evaluated = z.union([
  z.object({ type: z.literal("success"), result: z.object({ value: z.string() }) }),
  z.object({ type: z.literal("exception"), exceptionDetails: z.object({ text: z.string() }) }),
]);
const found = z.object({ nodes: z.array(z.object({ sharedId: z.string() })) });
const shot = z.object({ data: z.string() });

/** tsx names functions by a helper of its own, also inside what we hand to the page. */
const named = "globalThis.__name ??= (one) => one;";
const call = (run: (given: never) => unknown, given: unknown) => `(${run})(${JSON.stringify(given) ?? ""})`;

/** A window of its own, so that none stands behind another and is slowed down, with cookies of its own. */
export async function openFirefoxPage(
  bidi: Bidi,
  viewport: { width: number; height: number },
): Promise<FirefoxPage> {
  const { userContext } = await bidi.send(
    "browser.createUserContext",
    {},
    z.object({ userContext: z.string() }),
  );
  return openIn(bidi, viewport, userContext, "window");
}

async function openIn(
  bidi: Bidi,
  viewport: { width: number; height: number },
  userContext: string,
  type: "window" | "tab",
): Promise<FirefoxPage> {
  const { context } = await bidi.send(
    "browsingContext.create",
    { type, userContext },
    z.object({ context: z.string() }),
  );
  await bidi.send("browsingContext.setViewport", { context, viewport }, nothing);
  const traverse = async (delta: number) => {
    await bidi.send("browsingContext.traverseHistory", { context, delta }, nothing);
  };

  async function run(expression: string): Promise<string> {
    const answer = await bidi.send(
      "script.evaluate",
      { expression, target: { context }, awaitPromise: true },
      evaluated,
    );
    if (answer.type === "exception") throw new Error(answer.exceptionDetails.text);
    return answer.result.value;
  }

  return {
    async goto(url) {
      await bidi.send("browsingContext.navigate", { context, url, wait: "complete" }, nothing);
    },
    async reload() {
      await bidi.send("browsingContext.reload", { context, wait: "complete" }, nothing);
    },
    async addInitScript(script, given) {
      const functionDeclaration = `() => { ${named} ${call(script, given)}; }`;
      await bidi.send("script.addPreloadScript", { functionDeclaration, contexts: [context] }, nothing);
    },
    async evaluate(script, given) {
      const json = await run(
        `(async () => { ${named} return JSON.stringify((await ${call(script, given)}) ?? null); })()`,
      );
      return JSON.parse(json);
    },
    async click(button) {
      const locator = { type: "accessibility", value: { role: "button", name: button } };
      const { nodes } = await bidi.send("browsingContext.locateNodes", { context, locator }, found);
      const element = nodes.at(-1);
      if (!element) return false;
      const ready = await bidi.send(
        "script.callFunction",
        {
          functionDeclaration: `(one) => { one.scrollIntoView({ block: "center", behavior: "instant" }); return String(!one.disabled); }`,
          arguments: [element],
          target: { context },
          awaitPromise: false,
        },
        evaluated,
      );
      if (ready.type !== "success" || ready.result.value !== "true") return false;
      const origin = { type: "element", element };
      const actions = [
        { type: "pointerMove", x: 0, y: 0, origin },
        { type: "pointerDown", button: 0 },
        { type: "pointerUp", button: 0 },
      ];
      const mouse = { type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions };
      await bidi.send("input.performActions", { context, actions: [mouse] }, nothing);
      return true;
    },
    back: () => traverse(-1),
    forward: () => traverse(1),
    async setOffline(offline) {
      const networkConditions = offline ? { type: "offline" } : null;
      await bidi.send("emulation.setNetworkConditions", { networkConditions, contexts: [context] }, nothing);
    },
    openTab: () => openIn(bidi, viewport, userContext, "tab"),
    async toFront() {
      await bidi.send("browsingContext.activate", { context }, nothing);
    },
    async screenshot({ path }) {
      const { data } = await bidi.send("browsingContext.captureScreenshot", { context }, shot);
      await writeFile(path, Buffer.from(data, "base64"));
    },
  };
}
