import { createServer } from "node:http";
import next from "next";
import { env } from "@/lib/env";
import { settleClientAddress } from "./client-address";

/**
 * The pages and the API on a plain Node server. Next's own would believe a client's `x-forwarded-for`.
 * `--dev`: compiles on demand. Says `{"ready":true}` on stdout when it listens; SIGTERM drains, bounded.
 */
const drainMs = 3_000;
const settings = env();
const scheme = new URL(settings.NEXT_PUBLIC_APP_URL).protocol.replace(":", "");
// On a laptop nobody but this machine; in a container whoever is routed here.
const hostname = settings.CLOUD === "local" ? "127.0.0.1" : "0.0.0.0";

const server = createServer({
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
});
const app = next({
  dev: process.argv.includes("--dev"),
  dir: process.cwd(), // its bundle lies elsewhere
  hostname,
  port: settings.PORT,
  httpServer: server,
});
await app.prepare();
const handle = app.getRequestHandler();

server.on("request", (request, response) => {
  settleClientAddress(request.headers, {
    remoteAddress: request.socket.remoteAddress,
    trusted: settings.TRUSTED_PROXY,
    scheme,
  });
  handle(request, response).catch((error: unknown) => {
    process.stderr.write(`Error while answering: ${error instanceof Error ? error.stack : error}\n`);
    if (!response.headersSent) response.writeHead(500).end();
    else response.destroy();
  });
});
server.listen(settings.PORT, hostname, () => {
  process.stdout.write(`${JSON.stringify({ ready: true, url: settings.NEXT_PUBLIC_APP_URL })}\n`);
});

/** Stops taking connections, lets the answers under way finish, then ends the streams that never would. */
function drain(): void {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), drainMs).unref();
}
process.once("SIGTERM", drain);
process.once("SIGINT", drain);
