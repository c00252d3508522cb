import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import next from "next";
import { env } from "@/lib/env";
import { letPageSayStatus } from "@/lib/http/page-status";
import { answeredAtTheDoor } from "./answered-at-the-door";
import { settleClientAddress } from "./client-address";
import { openFrames } from "./frames";
import { openLanDoor } from "./lan-door";

/**
 * The pages and the API on a plain Node server. Next's own would believe a client's `x-forwarded-for`.
 * `--dev`: compiles on demand. Says `{"ready":true}` on stdout when it listens; SIGTERM drains, bounded.
 */
const drainMs = 3_000;
const settings = env();
const scheme = new URL(settings.NEXT_PUBLIC_APP_URL).protocol.replace(":", "");
// On a laptop nobody but this machine; in a container whoever is routed here.
const hostname = settings.CLOUD === "local" ? "127.0.0.1" : "0.0.0.0";

const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
};
const server = createServer(limits);
const app = next({
  dev: process.argv.includes("--dev"),
  dir: process.cwd(), // its bundle lies elsewhere
  hostname,
  port: settings.PORT,
  httpServer: server,
});
await app.prepare();
const handle = app.getRequestHandler();

const frames = openFrames(settings);

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (await answeredAtTheDoor(request, response, settings)) return;
  await frames.settle(request);
  await letPageSayStatus(request, response, () => handle(request, response));
}

const answer: RequestListener = (request, response) => {
  settleClientAddress(request.headers, {
    remoteAddress: request.socket.remoteAddress,
    trusted: settings.TRUSTED_PROXY,
    scheme,
  });
  serve(request, response).catch((error: unknown) => {
    process.stderr.write(`Error while answering: ${error instanceof Error ? error.stack : error}\n`);
    if (!response.headersSent) response.writeHead(500).end();
    else response.destroy();
  });
};
server.on("request", answer);
const lan =
  settings.LAN_LISTEN && settings.LAN_CERTIFICATE && settings.AWS_ENDPOINT_URL
    ? await openLanDoor(
        {
          ...limits,
          listen: settings.LAN_LISTEN,
          certificate: settings.LAN_CERTIFICATE,
          signalingUrl: settings.AWS_ENDPOINT_URL,
        },
        answer,
      )
    : null;
server.listen(settings.PORT, hostname, () => {
  process.stdout.write(`${JSON.stringify({ ready: true, url: settings.NEXT_PUBLIC_APP_URL })}\n`);
});

/** Stops taking connections, lets the answers under way finish, then ends the streams that never would. */
function drain(): void {
  lan?.close();
  lan?.closeAllConnections();
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), drainMs).unref();
}
process.once("SIGTERM", drain);
process.once("SIGINT", drain);
