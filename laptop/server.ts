import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerApi } from "./answer-api";
import { openCloud } from "./cloud";
import { openConsole } from "./console/index";
import { isForeign } from "./http/foreign";
import { isOpenToPages, openHeaders } from "./http/open-to-pages";
import { BadRequest, readRequest } from "./http/read-request";
import type { LaptopSettings } from "./settings";
import type { ApiResponse } from "./wire";

export type Laptop = { url: string; close(): Promise<void> };
type Log = (line: object) => void;

/** Every cloud API that we call, on one address. @returns when it listens and all of its state is read. */
export async function startLaptop(settings: LaptopSettings, log: Log): Promise<Laptop> {
  let url = "";
  const cloud = await openCloud(settings, () => url, log);
  const pages = openConsole(cloud);

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<ApiResponse | null> {
    if (incoming.url === "/health") return text(200, '{"ok":true}', "application/json");
    if (isOpenToPages(incoming.url)) {
      const answered =
        incoming.method === "OPTIONS"
          ? { status: 204 }
          : await answerApi(cloud, await readRequest(incoming), log);
      return answered && { ...answered, headers: { ...answered.headers, ...openHeaders } };
    }
    if (isForeign(incoming.method, incoming.headers, settings.names))
      return text(403, "The laptop cloud answers its own pages, and programs, only.\n");
    const request = await readRequest(incoming);
    return (await answerApi(cloud, request, log)) ?? pages.handle(request, incoming, outgoing);
  }

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing)
      .catch((cause: unknown) => failed(cause, log))
      .then((response) => {
        if (response && !outgoing.headersSent) send(outgoing, response);
      });
  });
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 60_000;
  server.on("upgrade", (incoming, socket, head) => {
    // Pages of every origin may join a meeting, as with the vendor: the join token is the credential.
    if (incoming.url?.startsWith("/control/")) cloud.chime.upgrade(incoming, socket, head);
    else socket.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n");
  });

  try {
    await new Promise<void>((listening, refused) => {
      server.once("error", refused);
      server.listen(settings.port, settings.host, listening);
    });
  } catch (cause) {
    await cloud.close();
    throw cause;
  }
  const { port } = server.address() as AddressInfo;
  url = `http://${hostIn(settings.host)}:${port}`;
  if (settings.eventsUrl) cloud.sns.subscribe(settings.eventsUrl);

  return {
    url,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await cloud.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** How a program on this machine reaches an address that we listen on. */
function hostIn(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function failed(cause: unknown, log: Log): ApiResponse {
  if (cause instanceof BadRequest) return text(cause.status, `${cause.message}\n`, undefined, "close");
  log({ level: "error", fault: cause instanceof Error ? cause.stack : String(cause) });
  return text(500, "The laptop cloud made a mistake; its log says which.\n");
}

const text = (
  status: number,
  body: string,
  contentType = "text/plain; charset=utf-8",
  connection = "keep-alive",
): ApiResponse => ({
  status,
  headers: { "content-type": contentType, "cache-control": "no-store", connection },
  body,
});

function send(outgoing: ServerResponse, { status, headers = {}, body = "" }: ApiResponse): void {
  outgoing.writeHead(status, headers).end(body);
}
