import type { RtcpCipher, RtpCipher } from "./cipher";
import { counterModeRtcp, counterModeRtp } from "./counter-mode";
import { deriveKeys, type Profile, profiles } from "./derive-keys";
import { gcmRtcp, gcmRtp } from "./gcm";
import { ReplayWindow } from "./replay-window";

export type MasterKeys = { localKey: Buffer; localSalt: Buffer; remoteKey: Buffer; remoteSalt: Buffer };

export type OpenedRtp = {
  /** The sequence number with its rollovers: never wraps. */
  index: number;
  payload: Buffer;
};

/** Streams that one client may send: its microphone, its camera, and some slack for restarts. Beyond that, dropped. */
const streamsMax = 32;

/**
 * SRTP and SRTCP of one client. What we send carries its own index (sequence number and rollovers in one), so sealing keeps no state;
 * what we receive is checked against a replay window for each SSRC. Null means: not authentic, or seen before.
 */
export class Srtp {
  private readonly rtpOut: RtpCipher;
  private readonly rtpIn: RtpCipher;
  private readonly rtcpOut: RtcpCipher;
  private readonly rtcpIn: RtcpCipher;
  private readonly rtpSeen = new Map<number, ReplayWindow>();
  private readonly rtcpSeen = new Map<number, ReplayWindow>();
  private rtcpIndex = 0;

  constructor(profile: Profile, { localKey, localSalt, remoteKey, remoteSalt }: MasterKeys) {
    const rtp = profile === profiles.gcm ? gcmRtp : counterModeRtp;
    const rtcp = profile === profiles.gcm ? gcmRtcp : counterModeRtcp;
    this.rtpOut = rtp(deriveKeys(localKey, localSalt, profile, 0));
    this.rtpIn = rtp(deriveKeys(remoteKey, remoteSalt, profile, 0));
    this.rtcpOut = rtcp(deriveKeys(localKey, localSalt, profile, 3));
    this.rtcpIn = rtcp(deriveKeys(remoteKey, remoteSalt, profile, 3));
  }

  /** `index` modulo 65,536 must be the header's sequence number. */
  sealRtp(header: Buffer, payload: Buffer, ssrc: number, index: number): Buffer {
    return this.rtpOut.seal(header, payload, ssrc, Math.floor(index / 0x10000), index & 0xffff);
  }

  openRtp(packet: Buffer, headerLength: number, ssrc: number, sequence: number): OpenedRtp | null {
    const known = this.rtpSeen.get(ssrc);
    const window = known ?? new ReplayWindow();
    const index = window.estimate(sequence);
    if (!window.admits(index)) return null;
    const payload = this.rtpIn.open(packet, headerLength, ssrc, Math.floor(index / 0x10000), sequence);
    if (!payload || !remember(this.rtpSeen, ssrc, known, window)) return null;
    window.take(index);
    return { index, payload };
  }

  /** `packet` is a whole compound packet; its first SSRC is the sender's. */
  sealRtcp(packet: Buffer): Buffer {
    this.rtcpIndex = (this.rtcpIndex + 1) & 0x7fffffff;
    return this.rtcpOut.seal(packet, packet.readUInt32BE(4), this.rtcpIndex);
  }

  openRtcp(packet: Buffer): Buffer | null {
    if (packet.length < 8) return null;
    const ssrc = packet.readUInt32BE(4);
    const opened = this.rtcpIn.open(packet, ssrc);
    if (!opened) return null;
    const known = this.rtcpSeen.get(ssrc);
    const window = known ?? new ReplayWindow();
    if (!window.admits(opened.index) || !remember(this.rtcpSeen, ssrc, known, window)) return null;
    window.take(opened.index);
    return opened.packet;
  }
}

/** False when a client has used up its streams: authentic packets, but more than anybody honest sends. */
function remember(
  seen: Map<number, ReplayWindow>,
  ssrc: number,
  known: ReplayWindow | undefined,
  window: ReplayWindow,
): boolean {
  if (known) return true;
  if (seen.size >= streamsMax) return false;
  seen.set(ssrc, window);
  return true;
}
