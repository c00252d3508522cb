import type { IncomingMessage } from "node:http";
import type { ApiRequest } from "../wire";

/** The largest body of any API we speak. Bytes. */
const bodyMaxBytes = 6 * 1024 * 1024;

/** A request that is no API's: answered with `status` and nothing else. */
export class BadRequest extends Error {
  constructor(
    readonly status: 400 | 413,
    message: string,
  ) {
    super(message);
  }
}

export async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const target = incoming.url ?? "/";
  if (!target.startsWith("/")) throw new BadRequest(400, "The request names no path");
  const at = target.indexOf("?");
  const [path, query] = at < 0 ? [target, ""] : [target.slice(0, at), target.slice(at + 1)];
  return {
    method: incoming.method ?? "GET",
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(", ") : (value ?? ""),
      ]),
    ),
    body: await readBody(incoming),
  };
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const tooLarge = () => new BadRequest(413, "The body is larger than 6 MiB");
  // Said beforehand, it can still be answered; found on the way, the connection ends.
  if (Number(incoming.headers["content-length"]) > bodyMaxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyMaxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
