import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoHost } from "./index";

const asked: Array<{ key: unknown; body: { origin?: string; customer?: string } }> = [];
const app = createServer(async (request, response) => {
  let text = "";
  for await (const part of request) text += part;
  asked.push({ key: request.headers["x-admin-key"], body: JSON.parse(text) });
  response.writeHead(201, { "content-type": "application/json" }).end('{"handover":"t"}');
});
const file = path.join(mkdtempSync(path.join(tmpdir(), "demo-host-")), "demo-host.json");
beforeAll(async () => {
  await new Promise<void>((listening) => app.listen(0, "127.0.0.1", listening));
  const { port } = app.address() as AddressInfo;
  const customer = { number: "12345", name: "John <Carter>" };
  writeFileSync(
    file,
    JSON.stringify({ appUrl: `http://127.0.0.1:${port}`, siteId: "s1", key: "vsk_secret", customer }),
  );
});
afterAll(() => app.close());

const ask = (method: string, at: string, given = file) =>
  demoHost(given, {
    method,
    path: at,
    query: new URLSearchParams(),
    headers: { host: "127.0.0.1:4600" },
    body: new Uint8Array(),
  });

test("its page holds the element, no word of its key, and what it shows is escaped", async () => {
  const page = await ask("GET", "/bank");
  expect(page?.status).toBe(200);
  expect(page?.body).toContain('<vouchsafe-call site="s1" token-url="/bank/call-token"');
  expect(page?.body).toContain("John &lt;Carter&gt;");
  expect(page?.body).not.toContain("vsk_secret");
});

test("its server asks with its key, for its own origin, and hands the answer to its page", async () => {
  expect(await ask("POST", "/bank/call-token")).toMatchObject({ status: 200, body: '{"handover":"t"}' });
  expect(asked).toEqual([
    {
      key: "vsk_secret",
      body: expect.objectContaining({ origin: "http://127.0.0.1:4600", customer: "12345" }),
    },
  ]);
});

test("where nothing was set up there is no such site, and it has no other page", async () => {
  expect(await ask("GET", "/bank", "")).toBeNull();
  expect(await ask("GET", "/bank", `${file}.none`)).toBeNull();
  expect(await ask("GET", "/bank/call-token")).toBeNull();
  expect(await ask("GET", "/banking")).toBeNull();
});
