/** An SDP offer (RFC 8866, RFC 8829), reduced to what an SFU answers from. */
export type Fingerprint = { algorithm: string; value: string };
export type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

export type OfferSection = {
  kind: "audio" | "video" | "other";
  /** As written, for mirroring a section that we refuse: "audio", "application", … */
  media: string;
  protocol: string;
  /** The offer gave this section up (port 0): the answer must too. */
  stopped: boolean;
  mid: string;
  direction: Direction;
  /** In the order of the client's preference. */
  payloadTypes: number[];
  /** `opus/48000/2`, by payload type. */
  codecs: Map<number, string>;
  /** `minptime=10;useinbandfec=1`, by payload type. */
  formats: Map<number, string>;
  /** Header extension ids (1 to 14), by URI. */
  extensions: Map<string, number>;
  /** The sizes of one picture that the client would send at once (RFC 8853), the smallest first as the SDK lists them; empty for just one. */
  layers: string[];
  /** The first SSRC the client will send here, or null. */
  ssrc: number | null;
};
export type Offer = { sections: OfferSection[]; fingerprint: Fingerprint };

/** The vendor's limit is 25 received videos; with stopped sections to recycle an offer stays far below. */
const sectionsMax = 128;
const linesMax = 8192;

const token = /^[!#-'*+\-.0-9A-Z^-~]{1,16}$/; // RFC 8866 §9 `token`, short enough for a one-byte header extension
const mediaLine = /^m=([a-z]{1,16}) (\d{1,5})(?:\/\d+)? ([A-Z/]{1,32}) ([0-9A-Za-z* -]{1,512})$/;

/** @returns null for what no browser would say: the caller refuses it whole. Never throws. */
export function readOffer(text: string): Offer | null {
  const lines = text.split(/\r\n|\n/, linesMax + 1);
  if (lines.length > linesMax || !lines[0]?.startsWith("v=0")) return null;
  const sections: OfferSection[] = [];
  let fingerprint: Fingerprint | null = null;
  let section: OfferSection | null = null;
  for (const line of lines) {
    if (line.startsWith("m=")) {
      section = readMediaLine(line);
      if (!section || sections.push(section) > sectionsMax) return null;
    } else if (line.startsWith("a=fingerprint:")) fingerprint ??= readFingerprint(line);
    else if (section && line.startsWith("a=")) readAttribute(section, line);
  }
  if (!fingerprint || sections.length === 0) return null;
  return sections.every(({ mid, stopped }) => stopped || mid !== "") ? { sections, fingerprint } : null;
}

function readMediaLine(line: string): OfferSection | null {
  const [, media, port, protocol, formats] = mediaLine.exec(line) ?? [];
  if (!media || !port || !protocol || !formats) return null;
  return {
    kind: media === "audio" || media === "video" ? media : "other",
    media,
    protocol,
    stopped: Number(port) === 0,
    mid: "",
    direction: "sendrecv",
    payloadTypes: formats
      .split(" ")
      .map(Number)
      .filter((type) => Number.isInteger(type) && type >= 0 && type <= 127),
    codecs: new Map(),
    formats: new Map(),
    extensions: new Map(),
    layers: [],
    ssrc: null,
  };
}

function readFingerprint(line: string): Fingerprint | null {
  const [, algorithm, value] =
    /^a=fingerprint:([A-Za-z0-9-]{1,16}) ([0-9A-Fa-f:]{2,256})\s*$/.exec(line) ?? [];
  return algorithm && value ? { algorithm, value } : null;
}

function readAttribute(section: OfferSection, line: string): void {
  const direction = /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/.exec(line)?.[1];
  if (direction) {
    section.direction = direction as Direction;
    return;
  }
  if (/^a=bundle-only\s*$/.test(line)) {
    section.stopped = false; // Firefox: port 0 because it shares the first section's (RFC 9143 §6)
    return;
  }
  const [, name, value] = /^a=([a-z-]+):(.*)$/.exec(line) ?? [];
  if (!name || value === undefined) return;
  switch (name) {
    case "mid":
      if (token.test(value)) section.mid = value;
      return;
    case "rtpmap": {
      const [, type, codec] = /^(\d{1,3}) ([A-Za-z0-9/.-]{1,64})$/.exec(value) ?? [];
      if (type && codec) section.codecs.set(Number(type), codec);
      return;
    }
    case "fmtp": {
      const [, type, format] = /^(\d{1,3}) (\S{1,256})$/.exec(value) ?? [];
      if (type && format) section.formats.set(Number(type), format);
      return;
    }
    case "extmap": {
      const [, id, uri] = /^(\d{1,3})(?:\/[a-z]+)? (\S{1,128})/.exec(value) ?? [];
      if (uri && Number(id) >= 1 && Number(id) <= 14) section.extensions.set(uri, Number(id));
      return;
    }
    case "simulcast": {
      // "~" before a name: not sent at the moment.
      const layers = /^send (~?[A-Za-z0-9]{1,16}(?:;~?[A-Za-z0-9]{1,16}){0,3})\s*$/.exec(value)?.[1];
      if (layers) section.layers = layers.replaceAll("~", "").split(";");
      return;
    }
    case "ssrc": {
      const ssrc = Number(/^(\d{1,10}) /.exec(value)?.[1] ?? "NaN");
      if (section.ssrc === null && ssrc >= 0 && ssrc <= 0xffffffff) section.ssrc = ssrc;
      return;
    }
  }
}

/** The payload type of a codec, found by its name: numbers differ from browser to browser. */
export function payloadTypeOf(section: OfferSection, codec: RegExp): number | undefined {
  return section.payloadTypes.find((type) => codec.test(section.codecs.get(type) ?? ""));
}

/**
 * The payload type of redundant audio (RFC 2198) that carries this codec, where the client prefers it: the vendor's SDK puts it first
 * when it can fill it.
 */
export function redundantOf(section: OfferSection, payloadType: number): number | undefined {
  const [first] = section.payloadTypes;
  if (first === undefined || !/^red\/48000(\/2)?$/i.test(section.codecs.get(first) ?? "")) return undefined;
  return section.formats
    .get(first)
    ?.split("/")
    .every((carried) => Number(carried) === payloadType)
    ? first
    : undefined;
}
