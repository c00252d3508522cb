import { readFileSync } from "node:fs";
import type { IncomingMessage, RequestListener, ServerOptions } from "node:http";
import { createServer, type Server } from "node:https";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { z } from "zod";

const kept = z.object({ key: z.string(), chain: z.string(), authority: z.string() });
const certificatePath = "/laptop-certificate.crt";
const connectWithinMs = 5_000;

/**
 * The door for phones of `npm start -- --lan`: HTTPS on an address of the local network, because browsers give cameras to secure pages only. Everything a phone
 * needs comes from this one origin: the pages, and the media's signaling, which is handed on to the laptop cloud. The cloud's APIs, which ask nobody
 * who they are, stay on loopback.
 *
 * @param door.certificate file with the PEMs (`key`, `chain`, `authority`); the authority is there to be installed on a phone.
 * @param door.signalingUrl of the laptop cloud; only `/control/…` upgrades reach it.
 * @returns when it listens. @throws when the address is taken or gone (`EADDRINUSE`, `EADDRNOTAVAIL`).
 */
export async function openLanDoor(
  door: { listen: string; certificate: string; signalingUrl: string } & ServerOptions,
  pages: RequestListener,
): Promise<Server> {
  const { listen, certificate, signalingUrl, ...limits } = door;
  const { key, chain, authority } = kept.parse(JSON.parse(readFileSync(certificate, "utf8")));
  const server = createServer({ ...limits, key, cert: chain }, (request, response) => {
    if (request.url !== certificatePath) return void pages(request, response);
    response.writeHead(200, {
      "content-type": "application/x-x509-ca-cert",
      "x-content-type-options": "nosniff",
    });
    response.end(request.method === "HEAD" ? undefined : authority);
  });
  const cloud = new URL(signalingUrl);
  server.on("upgrade", (request, socket, head) => {
    if (request.url?.startsWith("/control/")) handOn(request, socket, head, cloud);
    else socket.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n");
  });
  const [host, port] = listen.split(":");
  await new Promise<void>((listening, refused) => {
    server.once("error", refused);
    server.listen(Number(port), host, listening);
  });
  return server;
}

/** Both ways, byte for byte, until either side ends. Node has parsed the request, so its lines hold no break. */
function handOn(request: IncomingMessage, phone: Duplex, head: Buffer, cloud: URL): void {
  const inside = connect({ host: cloud.hostname, port: Number(cloud.port) });
  inside.setTimeout(connectWithinMs, () => inside.destroy());
  inside.once("connect", () => {
    inside.setTimeout(0); // open sockets are watched by the signaling's own pings
    inside.setNoDelay(true);
    const headers = request.rawHeaders
      .map((text, index) => (index % 2 ? `${text}\r\n` : `${text}: `))
      .join("");
    inside.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers}\r\n`);
    inside.write(head);
    phone.pipe(inside).pipe(phone);
  });
  const end = () => {
    phone.destroy();
    inside.destroy();
  };
  for (const side of [phone, inside]) side.on("error", end).on("close", end);
}
