import {
  type Direction,
  type Fingerprint,
  type Offer,
  type OfferSection,
  payloadTypeOf,
  redundantOf,
} from "./read-offer";

const midExtension = "urn:ietf:params:rtp-hdrext:sdes:mid";
const layerExtension = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
const levelExtension = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

const opus = /^opus\/48000(\/2)?$/i;
const vp8 = /^VP8\/90000$/i;

/** What we do in one section. `label` is the msid stream and track name; the SDK finds a received video by `v_<mid>`. */
export type SectionPlan = { direction: Direction; sending?: { ssrc: number; label: string } };

/** A section both sides use, as agreed: what the media code needs to know of it. */
export type AgreedSection = {
  section: OfferSection;
  plan: SectionPlan;
  payloadType: number;
  /** Of redundant audio; -1 where it was not agreed. */
  redPayloadType: number;
  /** Header extension ids; 0 for none. */
  midId: number;
  levelId: number;
  /** Says which of the section's layers a packet is of. */
  layerId: number;
};

export type AnswerFacts = {
  ufrag: string;
  pwd: string;
  fingerprint: Fingerprint;
  candidates: ReadonlyArray<{ address: string; port: number }>;
  /** Rises with each answer of one session. */
  version: number;
};

/**
 * Answers an offer section by section, in its order (RFC 8829 §5.3): one codec each (Opus, also redundant, and VP8), everything bundled,
 * ICE-lite, DTLS active. An SFU needs no more of SDP than this.
 *
 * @param plan is asked about each section that both sides could use; `videoAt` counts the offer's `m=video` lines from 0.
 */
export function writeAnswer(
  offer: Offer,
  facts: AnswerFacts,
  plan: (section: OfferSection, videoAt: number) => SectionPlan,
): { sdp: string; agreed: AgreedSection[] } {
  const agreed: AgreedSection[] = [];
  const bundle: string[] = [];
  const body: string[] = [];
  let videoAt = 0;
  for (const section of offer.sections) {
    const at = section.kind === "video" ? videoAt++ : -1;
    const payloadType = payloadTypeOf(section, section.kind === "audio" ? opus : vp8);
    if (section.stopped || section.kind === "other" || payloadType === undefined) {
      body.push(...refused(section));
      continue;
    }
    const use: AgreedSection = {
      section,
      plan: plan(section, at),
      payloadType,
      redPayloadType: section.kind === "audio" ? (redundantOf(section, payloadType) ?? -1) : -1,
      midId: section.extensions.get(midExtension) ?? 0,
      levelId: section.kind === "audio" ? (section.extensions.get(levelExtension) ?? 0) : 0,
      layerId: section.layers.length > 0 ? (section.extensions.get(layerExtension) ?? 0) : 0,
    };
    agreed.push(use);
    bundle.push(section.mid);
    body.push(...accepted(use, facts));
  }
  const head = [
    "v=0",
    `o=- 1 ${facts.version} IN IP4 127.0.0.1`,
    "s=-",
    "t=0 0",
    "a=ice-lite",
    ...(bundle.length > 0 ? [`a=group:BUNDLE ${bundle.join(" ")}`] : []),
    "a=msid-semantic: WMS *",
  ];
  return { sdp: [...head, ...body, ""].join("\r\n"), agreed };
}

function refused({ media, protocol, mid, payloadTypes }: OfferSection): string[] {
  return [
    `m=${media} 0 ${protocol} ${payloadTypes[0] ?? 0}`,
    "c=IN IP4 0.0.0.0",
    ...(mid ? [`a=mid:${mid}`] : []),
    "a=inactive",
  ];
}

function accepted(
  { section, plan, payloadType, redPayloadType, midId, levelId, layerId }: AgreedSection,
  facts: AnswerFacts,
): string[] {
  const video = section.kind === "video";
  const { sending } = plan;
  const redundant = redPayloadType >= 0;
  return [
    `m=${section.media} 9 ${section.protocol} ${redundant ? `${redPayloadType} ` : ""}${payloadType}`,
    "c=IN IP4 0.0.0.0",
    "a=rtcp:9 IN IP4 0.0.0.0",
    `a=ice-ufrag:${facts.ufrag}`,
    `a=ice-pwd:${facts.pwd}`,
    `a=fingerprint:${facts.fingerprint.algorithm} ${facts.fingerprint.value}`,
    "a=setup:active",
    `a=mid:${section.mid}`,
    ...(midId ? [`a=extmap:${midId} ${midExtension}`] : []),
    ...(levelId ? [`a=extmap:${levelId} ${levelExtension}`] : []),
    ...(layerId ? [`a=extmap:${layerId} ${layerExtension}`] : []),
    `a=${plan.direction}`,
    ...(sending ? [`a=msid:${sending.label} ${sending.label}`] : []),
    "a=rtcp-mux",
    "a=rtcp-rsize",
    ...(redundant
      ? [
          `a=rtpmap:${redPayloadType} ${section.codecs.get(redPayloadType)}`,
          `a=fmtp:${redPayloadType} ${payloadType}/${payloadType}`,
        ]
      : []),
    `a=rtpmap:${payloadType} ${section.codecs.get(payloadType)}`,
    ...(video
      ? ["goog-remb", "ccm fir", "nack", "nack pli"].map((feedback) => `a=rtcp-fb:${payloadType} ${feedback}`)
      : [`a=rtcp-fb:${payloadType} nack`, `a=fmtp:${payloadType} minptime=10;useinbandfec=1`]),
    ...(layerId && plan.direction !== "inactive"
      ? [
          ...section.layers.map((layer) => `a=rid:${layer} recv`),
          `a=simulcast:recv ${section.layers.join(";")}`,
        ]
      : []),
    ...(sending ? [`a=ssrc:${sending.ssrc} cname:laptop`] : []),
    ...facts.candidates.map(
      ({ address, port }, i) => `a=candidate:${i + 1} 1 udp ${2130706431 - i} ${address} ${port} typ host`,
    ),
    "a=end-of-candidates",
  ];
}
