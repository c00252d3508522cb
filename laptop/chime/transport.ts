import { type Certificate, type Handshake, startHandshake } from "./handshake";
import type { IceLink, IceLite, NetworkFault } from "./ice/ice-lite";
import { isRtcp, isRtp, type RtpPacket, readExtension, rtpHeaderLength, silenceLevel } from "./rtp/packet";
import { type Rtcp, readRtcp } from "./rtp/rtcp";
import type { Fingerprint } from "./sdp/read-offer";
import type { Srtp } from "./srtp/srtp";

export type Transport = {
  readonly ufrag: string;
  readonly pwd: string;
  readonly packets: { in: number; out: number };
  ready(): boolean;
  sendRtp(header: Buffer, payload: Buffer, ssrc: number, index: number): void;
  /** Parts of one compound packet. */
  sendRtcp(...parts: Buffer[]): void;
  close(): void;
};

/** One client's way for media: ICE, then DTLS, then SRTP, on the one port. Nothing is handed up that was not authenticated. */
export function openTransport(options: {
  ice: IceLite;
  certificate: Certificate;
  remoteFingerprint: Fingerprint;
  fault: () => NetworkFault | null;
  /** The id of the RFC 6464 extension in what this client sends; 0 for none. */
  levelExtension: () => number;
  /** Likewise of the RFC 8852 extension. */
  layerExtension: () => number;
  onReady: () => void;
  onConsent: () => void;
  onRtp: (packet: RtpPacket) => void;
  onRtcp: (packets: Rtcp[]) => void;
  onFailure: (reason: string) => void;
}): Transport {
  let handshake: Handshake | null = null;
  let srtp: Srtp | null = null;
  const packets = { in: 0, out: 0 };

  function onRtp(bytes: Buffer): void {
    const headerLength = rtpHeaderLength(bytes);
    if (headerLength < 0 || !srtp) return;
    const ssrc = bytes.readUInt32BE(8);
    const opened = srtp.openRtp(bytes, headerLength, ssrc, bytes.readUInt16BE(2));
    if (!opened) return;
    packets.in += 1;
    const read = (id: number) => (id ? readExtension(bytes, headerLength, id) : null);
    const level = read(options.levelExtension());
    const layer = read(options.layerExtension());
    options.onRtp({
      index: opened.index,
      ssrc,
      payloadType: bytes[1]! & 0x7f,
      marker: (bytes[1]! & 0x80) !== 0,
      padding: (bytes[0]! & 0x20) !== 0,
      timestamp: bytes.readUInt32BE(4),
      level: level ? level[0]! & 0x7f : silenceLevel,
      layer: layer ? layer.toString("latin1") : "",
      payload: opened.payload,
    });
  }

  const link: IceLink = options.ice.open({
    fault: options.fault,
    onConsent: options.onConsent,
    onReachable() {
      handshake = startHandshake({
        certificate: options.certificate,
        expected: options.remoteFingerprint,
        send: (packet) => link.send(packet),
        onKeys(keys) {
          srtp = keys;
          options.onReady();
        },
        onFailure: options.onFailure,
      });
    },
    onPacket(bytes) {
      const first = bytes[0]!;
      if (first >= 20 && first <= 63) return handshake?.onPacket(bytes);
      if (!srtp || !isRtp(bytes)) return;
      if (!isRtcp(bytes)) return onRtp(bytes);
      const opened = srtp.openRtcp(bytes);
      if (opened) options.onRtcp(readRtcp(opened));
    },
  });

  return {
    ufrag: link.ufrag,
    pwd: link.pwd,
    packets,
    ready: () => srtp !== null,
    sendRtp(header, payload, ssrc, index) {
      if (!srtp) return;
      packets.out += 1;
      link.send(srtp.sealRtp(header, payload, ssrc, index));
    },
    sendRtcp(...parts) {
      if (srtp && parts.length > 0)
        link.send(srtp.sealRtcp(parts.length === 1 ? parts[0]! : Buffer.concat(parts)));
    },
    close() {
      handshake?.close();
      srtp = null;
      link.close();
    },
  };
}
