import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ChimeSDKMeetingsClient } from "@aws-sdk/client-chime-sdk-meetings";
import { readRequest } from "../../http/read-request";
import { startChime } from "../index";

const secret = Buffer.from("a secret that only this test knows");

/** Chime alone behind a small HTTP server, with the vendor's own client. `port` 0: any free one. */
export async function startCloud(options: { port?: number; load?: unknown; clock?: () => number } = {}) {
  let url = "";
  let saved: unknown;
  const faults: object[] = [];
  const chime = await startChime({
    secret,
    publicUrl: () => url,
    ...(options.load === undefined ? {} : { load: options.load }),
    ...(options.clock ? { clock: options.clock } : {}),
    save: (state) => {
      saved = state;
    },
    log: (line) => faults.push(line),
  });
  const server = createServer(async (incoming, outgoing) => {
    const answer = await chime.handle(await readRequest(incoming));
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.on("upgrade", (incoming, socket, head) => chime.upgrade(incoming, socket, head));
  await new Promise<void>((listening) => server.listen(options.port ?? 0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
  const sdk = new ChimeSDKMeetingsClient({
    region: "us-east-1",
    endpoint: url,
    maxAttempts: 1,
    credentials: { accessKeyId: "laptop", secretAccessKey: "laptop" },
  });
  return {
    url,
    port,
    chime,
    sdk,
    /** What was logged as wrong: a healthy test leaves it empty. */
    faults,
    /** As JSON gives it back after a restart. */
    saved: () => JSON.parse(JSON.stringify(saved ?? null)) as unknown,
    async stop() {
      sdk.destroy();
      await chime.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
export type Cloud = Awaited<ReturnType<typeof startCloud>>;
