/** SIP messages (RFC 3261 §7): read strictly, within bounds, and never with a throw. */

const messageMaxBytes = 64 * 1024;
const headerMaxBytes = 16 * 1024;
const headersMax = 128;

export type Headers = ReadonlyArray<readonly [name: string, value: string]>;
export type SipRequest = { kind: "request"; method: string; uri: string; headers: Headers; body: string };
export type SipResponse = {
  kind: "response";
  status: number;
  reason: string;
  headers: Headers;
  body: string;
};
export type SipMessage = SipRequest | SipResponse;

const token = /^[A-Za-z0-9\-.!%*_+`'~]+$/;
const requestLine = /^([A-Z]{1,32}) (\S{1,2048}) SIP\/2\.0$/;
const statusLine = /^SIP\/2\.0 ([1-6]\d\d) ?([^\r\n]*)$/;

/** RFC 3261 §7.3.3 and its extensions. */
const compact: Record<string, string> = {
  c: "content-type",
  e: "content-encoding",
  f: "from",
  i: "call-id",
  k: "supported",
  l: "content-length",
  m: "contact",
  s: "subject",
  t: "to",
  v: "via",
  x: "session-expires",
};

/** @returns null for what is no whole message. One datagram or one frame of a stream. */
export function readMessage(bytes: Buffer): SipMessage | null {
  if (bytes.length > messageMaxBytes) return null;
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0 || end > headerMaxBytes) return null;
  const [first = "", ...lines] = bytes
    .toString("utf8", 0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  const headers = readHeaders(lines);
  if (!headers) return null;
  const body = readBody(bytes.subarray(end + 4), headers);
  if (body === null) return null;
  const request = requestLine.exec(first);
  if (request) return { kind: "request", method: request[1]!, uri: request[2]!, headers, body };
  const response = statusLine.exec(first);
  if (!response) return null;
  return { kind: "response", status: Number(response[1]), reason: response[2]!, headers, body };
}

function readHeaders(lines: string[]): Array<[string, string]> | null {
  if (lines.length > headersMax) return null;
  const headers: Array<[string, string]> = [];
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).trimEnd().toLowerCase();
    if (!token.test(name) || /[\r\n\0]/.test(line)) return null;
    headers.push([Object.hasOwn(compact, name) ? compact[name]! : name, line.slice(colon + 1).trim()]);
  }
  return headers;
}

/** In a datagram the length may be left out, and more may follow than it says. */
function readBody(rest: Buffer, headers: Headers): string | null {
  const said = headers.find(([name]) => name === "content-length")?.[1];
  if (said === undefined) return rest.toString("utf8");
  const length = readLength(said);
  return length === null || length > rest.length ? null : rest.toString("utf8", 0, length);
}

const readLength = (text: string) => (/^\d{1,6}$/.test(text) ? Number(text) : null);

/** Cuts a stream into messages. "broken": the stream cannot be followed any further. */
export function openFraming(onMessage: (bytes: Buffer) => void, onPing: () => void) {
  let waiting: Buffer = Buffer.alloc(0);
  return function push(chunk: Buffer): "broken" | undefined {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    for (;;) {
      while (waiting.length >= 2 && waiting[0] === 13 && waiting[1] === 10) {
        // RFC 5626: two line ends ask whether we are there.
        if (waiting.length >= 4 && waiting[2] === 13 && waiting[3] === 10) onPing();
        waiting = waiting.subarray(waiting.length >= 4 && waiting[2] === 13 ? 4 : 2);
      }
      const end = waiting.indexOf("\r\n\r\n");
      if (end < 0) return waiting.length > headerMaxBytes ? "broken" : undefined;
      const said = /\r\n(?:content-length|l)[ \t]*:[ \t]*(\d+)[ \t]*(?:\r\n|$)/i.exec(
        waiting.toString("latin1", 0, end),
      );
      const length = said ? readLength(said[1]!) : null;
      if (length === null || end + 4 + length > messageMaxBytes) return "broken";
      if (waiting.length < end + 4 + length) return undefined;
      onMessage(waiting.subarray(0, end + 4 + length));
      waiting = waiting.subarray(end + 4 + length);
    }
  };
}

const proper: Record<string, string> = {
  "call-id": "Call-ID",
  cseq: "CSeq",
  "www-authenticate": "WWW-Authenticate",
};
const shown = (name: string) =>
  proper[name.toLowerCase()] ?? name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** Adds Content-Length. Throws on a line end in a header: what we are handed from outside cannot forge another. */
export function writeMessage(message: SipMessage): Buffer {
  const first =
    message.kind === "request"
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`;
  const length = String(Buffer.byteLength(message.body));
  const lines = [...message.headers, ["content-length", length] as const].map(
    ([name, value]) => `${shown(name)}: ${value}`,
  );
  for (const line of [first, ...lines])
    if (/[\r\n\0]/.test(line)) throw new RangeError("A SIP header is one line");
  return Buffer.from(`${[first, ...lines].join("\r\n")}\r\n\r\n${message.body}`);
}

export const header = ({ headers }: SipMessage, name: string): string | undefined =>
  headers.find(([known]) => known === name)?.[1];

/** Every value of a header that may be repeated or listed with commas, in order. */
export const headerList = ({ headers }: SipMessage, name: string): string[] =>
  headers.flatMap(([known, value]) => (known === name ? splitList(value) : []));

/** At commas that stand neither in quotes nor in angle brackets. */
function splitList(value: string): string[] {
  const parts: string[] = [];
  let [start, quoted, inside] = [0, false, false];
  for (let at = 0; at < value.length; at++) {
    const letter = value[at];
    if (quoted && letter === "\\") at += 1;
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === "<") inside = true;
    else if (!quoted && letter === ">") inside = false;
    else if (letter === "," && !quoted && !inside) {
      parts.push(value.slice(start, at).trim());
      start = at + 1;
    }
  }
  parts.push(value.slice(start).trim());
  return parts.filter(Boolean);
}

/** A party as From, To, Contact and Route name it. */
export type Address = { uri: string; tag: string | null };

export function readAddress(value: string | undefined): Address | null {
  const found =
    /^(?:"(?:[^"\\]|\\.)*"\s*|[^<"]*)<([^<>\s]{1,2048})>(.*)$/.exec(value ?? "") ??
    /^([^<>\s;"]{1,2048})(.*)$/.exec(value ?? "");
  if (!found) return null;
  return { uri: found[1]!, tag: /;\s*tag=([^;,\s]{1,256})/i.exec(found[2]!)?.[1] ?? null };
}

export type Via = { branch: string; sentBy: string };

export function readVia(value: string | undefined): Via | null {
  const found = /^SIP\s*\/\s*2\.0\s*\/\s*[A-Za-z0-9-]+\s+([^\s;,]{1,256})(.*)$/i.exec(value ?? "");
  const branch = /;\s*branch\s*=\s*([^;,\s]{1,256})/i.exec(found?.[2] ?? "")?.[1];
  return found && branch ? { branch, sentBy: found[1]! } : null;
}

export function readCseq(value: string | undefined): { number: number; method: string } | null {
  const found = /^(\d{1,10})\s+([A-Z]{1,32})$/.exec(value ?? "");
  return found && Number(found[1]) < 2 ** 31 ? { number: Number(found[1]), method: found[2]! } : null;
}

/** Host and port of a SIP address. @returns null for any other. */
export function readUri(uri: string): { host: string; port: number | null; secure: boolean } | null {
  const found =
    /^(sips?):(?:[^@\s]*@)?(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]{1,255})(?::(\d{1,5}))?([;?].*)?$/i.exec(uri);
  if (!found) return null;
  const port = found[3] === undefined ? null : Number(found[3]);
  if (port !== null && (port < 1 || port > 65_535)) return null;
  return {
    host: found[2]!.replace(/^\[|\]$/g, ""),
    port,
    secure: found[1]!.toLowerCase() === "sips",
  };
}
