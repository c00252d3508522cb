import type { Law } from "../media/g711";
import type { RemoteMedia } from "../media/rtp-session";

const bodyMax = 8 * 1024;
const lines = 200;
const suite = "AES_CM_128_HMAC_SHA1_80";
const keyType = 101;
const types: Record<Law, number> = { PCMU: 0, PCMA: 8 };

export type Ours = { address: string; port: number; key: Buffer | null; sessionId: number; version: number };

const cryptoLine = ({ key }: Ours) => (key ? [`a=crypto:1 ${suite} inline:${key.toString("base64")}`] : []);

/** Of what we send: both laws and keys in an offer, the one that was chosen in an answer. */
export function writeSdp(ours: Ours, agreed?: RemoteMedia): string {
  const laws: Law[] = agreed ? [agreed.law] : ["PCMU", "PCMA"];
  const keys = agreed ? agreed.keyType : keyType;
  const numbers = [
    ...laws.map((law) => (agreed ? agreed.payloadType : types[law])),
    ...(keys === null ? [] : [keys]),
  ];
  return `${[
    "v=0",
    `o=- ${ours.sessionId} ${ours.version} IN IP4 ${ours.address}`,
    "s=-",
    `c=IN IP4 ${ours.address}`,
    "t=0 0",
    `m=audio ${ours.port} ${ours.key ? "RTP/SAVP" : "RTP/AVP"} ${numbers.join(" ")}`,
    ...cryptoLine(ours),
    ...laws.map((law, i) => `a=rtpmap:${numbers[i]} ${law}/8000`),
    ...(keys === null ? [] : [`a=rtpmap:${keys} telephone-event/8000`, `a=fmtp:${keys} 0-15`]),
    "a=ptime:20",
    agreed && !agreed.wantsSound ? "a=recvonly" : "a=sendrecv",
  ].join("\r\n")}\r\n`;
}

/**
 * The one audio stream of an offer or an answer.
 * @param secure whether it must be SRTP: nothing else is taken, in neither direction.
 * @returns null where there is nothing that both can speak.
 */
export function readSdp(body: string, secure: boolean): RemoteMedia | null {
  if (body.length > bodyMax) return null;
  const all = body.split(/\r?\n/).filter(Boolean);
  if (all.length > lines || all[0] !== "v=0") return null;
  const at = all.findIndex((line) => line.startsWith("m=audio "));
  if (at < 0) return null;
  const next = all.findIndex((line, i) => i > at && line.startsWith("m="));
  const session = all.slice(
    0,
    all.findIndex((line) => line.startsWith("m=")),
  );
  const media = all.slice(at, next < 0 ? undefined : next);
  const found = /^m=audio (\d{1,5})(?:\/\d+)? (RTP\/S?AVP) ([\d ]{1,200})$/.exec(media[0]!);
  const address = addressIn(media) ?? addressIn(session);
  const port = Number(found?.[1] ?? 0);
  if (!found || !address || port < 1 || port > 65_535 || (found[2] === "RTP/SAVP") !== secure) return null;
  const codec = firstCodec(found[3]!.trim().split(/ +/).map(Number), media);
  const key = secure ? keyIn(media) : null;
  if (!codec || (secure && !key)) return null;
  // 0.0.0.0 is how RFC 2543 said hold.
  return { address, port, ...codec, wantsSound: !held([...session, ...media]) && address !== "0.0.0.0", key };
}

const addressIn = (part: string[]) => {
  const found = /^c=IN IP4 (\d{1,3}(?:\.\d{1,3}){3})(?:\/.*)?$/.exec(
    part.find((line) => line.startsWith("c=")) ?? "",
  );
  return found && found[1]!.split(".").every((number) => Number(number) <= 255) ? found[1]! : null;
};

const held = (part: string[]) =>
  ["a=sendonly", "a=inactive"].includes(
    part.findLast((line) => /^a=(sendrecv|sendonly|recvonly|inactive)$/.test(line)) ?? "",
  );

function firstCodec(numbers: number[], media: string[]) {
  const named = new Map<number, string>();
  for (const line of media) {
    const found = /^a=rtpmap:(\d{1,3}) ([A-Za-z0-9-]+)\/8000(?:\/1)?$/.exec(line);
    if (found) named.set(Number(found[1]), found[2]!.toLowerCase());
  }
  const nameOf = (number: number) =>
    named.get(number) ?? (number === 0 ? "pcmu" : number === 8 ? "pcma" : "");
  const keys = numbers.find((number) => nameOf(number) === "telephone-event") ?? null;
  for (const number of numbers) {
    const name = nameOf(number).toUpperCase();
    if (name === "PCMU" || name === "PCMA") return { law: name as Law, payloadType: number, keyType: keys };
  }
  return null;
}

function keyIn(media: string[]): Buffer | null {
  for (const line of media) {
    const found =
      /^a=crypto:\d+ AES_CM_128_HMAC_SHA1_80 inline:([A-Za-z0-9+/]{40})(?:={0,2})(?:[|\s].*)?$/.exec(line);
    if (found) return Buffer.from(found[1]!, "base64");
  }
  return null;
}
