import type { IncomingMessage } from "node:http";
import type { ApiRequest } from "../wire";

/** The largest body of any API we speak is an SMTP-sized mail; more is a mistake or an attack. Bytes. */
const bodyMaxBytes = 12 * 1024 * 1024;

export class BodyTooLarge extends Error {}

export async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyMaxBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  const url = new URL(incoming.url ?? "/", "http://laptop");
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(", ") : (value ?? ""),
      ]),
    ),
    body: Buffer.concat(chunks),
  };
}
