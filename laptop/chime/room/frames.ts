import { type FrameFields, videoStream } from "../signaling/frame";
import { mayHear, maySee } from "./entitlements";
import type { Peer } from "./peer";

/** What clients are told about each other. */

export const joinAck: FrameFields = {
  joinack: {
    turnCredentials: { username: "", password: "", ttl: 300, uris: [] },
    videoSubscriptionLimit: 25,
    wantsCompressedSdp: false,
  },
};

/** The pictures that this viewer may ask for. */
export function indexFor(viewer: Peer, peers: ReadonlySet<Peer>): FrameFields {
  const sources = [...peers].flatMap((owner) => {
    const { camera } = owner;
    if (!camera || !maySee(viewer, owner)) return [];
    return {
      streamId: camera.streamId,
      groupId: camera.groupId,
      attendeeId: owner.id,
      externalUserId: owner.attendee.externalUserId,
      mediaType: videoStream,
      maxBitrateKbps: camera.maxBitrateKbps,
      avgBitrateBps: camera.maxBitrateKbps * 500,
      framerate: camera.framerate,
      width: 1280,
      height: 720,
    };
  });
  return {
    index: {
      atCapacity: false,
      sources,
      pausedAtSourceIds: [],
      numParticipants: peers.size,
      supportedReceiveCodecIntersection: [],
    },
  };
}

export const presenceOf = (peer: Peer) => ({
  audioStreamId: peer.audioStreamId,
  attendeeId: peer.id,
  externalUserId: peer.attendee.externalUserId,
  muted: peer.muted,
});

/**
 * Loudness goes only to those who may hear it: that somebody talks is itself something to hear.
 * @param levels of everybody whose media is up. −dBov.
 */
export function volumesFor(listener: Peer, levels: ReadonlyMap<Peer, number>): FrameFields {
  const attendeeStates = [...levels].map(([speaker, volume]) => ({
    audioStreamId: speaker.audioStreamId,
    signalStrength: 2,
    ...(!speaker.muted && (speaker === listener || mayHear(listener, speaker)) ? { volume } : {}),
  }));
  return { audioMetadata: { attendeeStates } };
}
