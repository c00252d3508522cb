import type { ISdkSubscribeFrame } from "amazon-chime-sdk-js/build/signalingprotocol/SignalingProtocol.js";
import { readOffer } from "../sdp/read-offer";
import { type AgreedSection, type SectionPlan, writeAnswer } from "../sdp/write-answer";
import { frameType, videoStream } from "../signaling/frame";
import { Camera } from "./camera";
import { mayShow } from "./entitlements";
import type { Peer } from "./peer";
import type { VideoOut } from "./video-out";

/** What the SDK asks of a camera when it does not say. */
const usualBitrateKbps = 1400;
const usualFramerate = 15;
/** More is a mistake or an attack; the vendor's limit is 25. */
const receivedMax = 64;

/**
 * SUBSCRIBE: what the client sends and wants to see, as an SDP offer plus lists; answered at once, on the transport it has.
 * A stream it may not see is answered `inactive`, whatever it asks.
 * @returns false when the offer is none: no SDK sends that.
 */
export function answerSubscribe(peer: Peer, asked: ISdkSubscribeFrame): boolean {
  const offer = readOffer(asked.sdpOffer ?? "");
  const wanted = asked.receiveStreamIds ?? [];
  if (!offer || wanted.length > receivedMax) return false;
  const { room } = peer;
  const transport = peer.transport ?? peer.connect(offer.fingerprint);
  const cameraBefore = peer.camera;
  peer.muted = asked.audioMuted ?? peer.muted;
  takeCamera(peer, asked);

  const videos = new Map<string, VideoOut>(); // by mid
  const audioLabel = "a_0";
  const plan = (section: AgreedSection["section"], videoAt: number): SectionPlan => {
    const { direction, mid } = section;
    if (direction === "inactive") return { direction };
    if (section.kind === "audio")
      return direction === "sendonly"
        ? { direction: "recvonly" }
        : {
            direction: direction === "sendrecv" ? "sendrecv" : "sendonly",
            sending: { ssrc: peer.audioOut.stream.ssrc, label: audioLabel },
          };
    // The camera. The SDK looks for `sendrecv` to learn the codec, although nothing is sent back in this section.
    if (direction !== "recvonly") return { direction: direction === "sendrecv" ? "sendrecv" : "recvonly" };
    const streamId = wanted[videoAt] ?? 0;
    if (!streamId || !room.cameraFor(peer, streamId)) return { direction: "inactive" };
    const before = peer.videos.get(streamId);
    const video = before?.mid === mid ? before : peer.newVideo(streamId, mid);
    videos.set(mid, video);
    return { direction: "sendonly", sending: { ssrc: video.stream.ssrc, label: `v_${mid}` } };
  };
  peer.sdpVersion += 1;
  const { sdp, agreed } = writeAnswer(
    offer,
    {
      ufrag: transport.ufrag,
      pwd: transport.pwd,
      fingerprint: room.context.certificate.fingerprint,
      candidates: room.context.candidates(),
      version: peer.sdpVersion,
    },
    plan,
  );
  peer.cameraSection.agreed = null;
  for (const use of agreed) adopt(peer, use, videos.get(use.section.mid));

  peer.videos.clear();
  for (const video of videos.values()) peer.videos.set(video.streamId, video);
  for (const streamId of peer.paused) if (!peer.videos.has(streamId)) peer.paused.delete(streamId);

  const { camera } = peer;
  peer.signal.send(frameType.SUBSCRIBE_ACK, {
    suback: {
      duplex: asked.duplex ?? null,
      sdpAnswer: sdp,
      tracks: [
        { streamId: 1, ssrc: peer.audioOut.stream.ssrc, trackLabel: audioLabel },
        ...[...videos].map(([mid, { streamId, stream }]) => ({
          streamId,
          ssrc: stream.ssrc,
          trackLabel: `v_${mid}`,
        })),
      ],
      allocations: camera
        ? [{ trackLabel: "AmazonChimeExpressVideo", streamId: camera.streamId, groupId: camera.groupId }]
        : [],
    },
  });
  if (camera !== cameraBefore) room.sendIndexes();
  for (const { streamId, waiting } of peer.videos.values())
    if (waiting) room.cameraFor(peer, streamId)?.requestKeyframe();
  return true;
}

/**
 * The client's own label for its streams means nothing to others: a camera that goes on gets numbers of the room's. One without the right is none
 * until the first negotiation after the right came (AttendeeCapabilities, the vendor's API reference).
 */
function takeCamera(peer: Peer, { sendStreams }: ISdkSubscribeFrame): void {
  const shown = sendStreams?.filter(({ mediaType }) => mediaType === videoStream) ?? [];
  if (shown.length === 0 || !mayShow(peer)) {
    peer.camera = null;
    return;
  }
  // Several are sizes of one picture: the others get the best.
  const maxBitrateKbps = Math.max(...shown.map((stream) => stream.maxBitrateKbps ?? 0)) || usualBitrateKbps;
  const framerate = Math.max(...shown.map((stream) => stream.framerate ?? 0)) || usualFramerate;
  if (peer.camera) {
    peer.camera.maxBitrateKbps = maxBitrateKbps;
    peer.camera.framerate = framerate;
    return;
  }
  const { room } = peer;
  const { streamId, groupId } = room.newCamera();
  peer.camera = new Camera(
    streamId,
    groupId,
    maxBitrateKbps,
    framerate,
    peer.askForKeyframe,
    () => room.onCameraSwitched(streamId),
    room.context.now,
  );
}

function adopt(
  peer: Peer,
  { section, plan, payloadType, redPayloadType, midId, levelId, layerId }: AgreedSection,
  video?: VideoOut,
): void {
  const mid = midId ? { id: midId, value: section.mid } : null;
  if (section.kind === "audio") {
    Object.assign(peer.audioIn, { payloadType, redPayloadType, levelId });
    peer.audioOut.redPayloadType = redPayloadType;
    peer.audioOut.stream = { ssrc: peer.audioOut.stream.ssrc, payloadType, mid };
  } else if (video) {
    video.stream.payloadType = payloadType;
    video.stream.mid = mid;
  } else if (plan.direction !== "inactive") {
    if (plan.direction === "sendrecv") peer.cameraSection.agreed = { payloadType, mid };
    if (!peer.camera) return;
    peer.camera.payloadType = payloadType;
    peer.camera.layerId = layerId;
    peer.camera.layers = layerId ? section.layers : [];
    if (!layerId) peer.camera.ssrc ??= section.ssrc;
  }
}
