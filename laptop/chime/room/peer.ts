import { randomBytes } from "node:crypto";
import type { Attendee } from "../control/registry";
import type { Certificate } from "../handshake";
import type { IceLite, NetworkFault } from "../ice/ice-lite";
import { type RtpPacket, silenceLevel } from "../rtp/packet";
import { Reception } from "../rtp/reception";
import {
  type Rtcp,
  type SenderReport,
  writeBitrateLimit,
  writeKeyframeRequest,
  writeNack,
  writeReceiverReport,
  writeSenderReport,
} from "../rtp/rtcp";
import type { Fingerprint } from "../sdp/read-offer";
import { Budget } from "../signaling/budget";
import type { Signal } from "../signaling/socket";
import { openTransport, type Transport } from "../transport";
import { AudioIn } from "./audio-in";
import { AudioOut } from "./audio-out";
import type { Camera } from "./camera";
import { CameraSection } from "./camera-section";
import type { Party } from "./entitlements";
import { VideoOut } from "./video-out";

/** How much a client may send. Bits per second. */
const uplinkBitsPerSecond = 2_500_000;
const audioClockRate = 48_000;
const videoClockRate = 90_000;
/** Who sent no audio for this long is not mixed or waited for. */
const audibleMs = 2_000;
/** How long a packet may merely be late before it is asked for. */
const nackTickMs = 10;

const random32 = () => randomBytes(4).readUInt32BE();
/** Where a stream of ours begins. RFC 3550 wants both random; a low index leaves room before the first rollover. */
const randomStart = () => ({ index: random32() & 0x7fff, timestamp: random32() });

export type RoomContext = {
  ice: IceLite;
  certificate: Certificate;
  candidates(): ReadonlyArray<{ address: string; port: number }>;
  faultOf(meetingId: string, attendeeId: string): NetworkFault | null;
  /** Milliseconds since 1970, never backwards, finer than a millisecond: what media is timed by. */
  now(): number;
  /** The registry's clock. */
  clock(): number;
  log(line: object): void;
};

/** What a client asks of its room, and tells it. */
export type PeerRoom = {
  readonly context: RoomContext;
  readonly meetingId: string;
  onReady(peer: Peer): void;
  onAudio(speaker: Peer, packet: RtpPacket): void;
  onVideo(owner: Peer, camera: Camera, packet: RtpPacket): void;
  onCameraReport(camera: Camera, report: SenderReport): void;
  onCameraSwitched(streamId: number): void;
  /** Who hears whom may have changed. */
  reroute(): void;
  newCamera(): { streamId: number; groupId: number };
  /** The camera behind a stream, if this viewer may see it. */
  cameraFor(viewer: Peer, streamId: number): Camera | null;
  sendIndexes(): void;
};

/** One client in a room: a signaling socket and, once it subscribed, one transport with its streams. */
export class Peer implements Party {
  readonly baseId: string;
  /** As others see it: `<attendee>#content` for a content share. */
  readonly id: string;
  muted = false;
  /** Its number in presence frames; 0 before its media first connected. It rises with each (re)join. */
  audioStreamId = 0;
  /** It got its first presence frame: only then may others' changes follow. */
  announced = false;
  camera: Camera | null = null;
  /** By the streamId of the camera shown. */
  readonly videos = new Map<number, VideoOut>();
  readonly paused = new Set<number>();
  readonly audioIn = new AudioIn();
  readonly audioOut: AudioOut;
  readonly cameraSection: CameraSection;
  /** Who this client hears: set by the room, one = forwarded, several = mixed. */
  sources: Peer[] = [];
  /** The loudest since it was last taken. */
  private loudest = silenceLevel;
  audibleUntilMs = 0;
  /** When this client last showed itself on its way for media: by a packet of its own, or a check of the way. */
  heardAtMs = 0;
  transport: Transport | null = null;
  sdpVersion = 0;
  readonly dataBudget: Budget;
  private readonly resendBudget: Budget;
  private readonly receptions = new Map<number, Reception>();
  private nackTimer: NodeJS.Timeout | null = null;
  dropTimer: NodeJS.Timeout | null = null;

  constructor(
    readonly room: PeerRoom,
    readonly attendee: Attendee,
    readonly content: boolean,
    /** The same for reconnects of one SDK session, another on another device. */
    readonly sessionId: string,
    readonly signal: Signal,
  ) {
    const { now } = room.context;
    this.baseId = attendee.attendeeId;
    this.id = content ? `${attendee.attendeeId}#content` : attendee.attendeeId;
    this.dataBudget = new Budget(100, 200, now);
    this.resendBudget = new Budget(400, 800, now);
    const ssrc = random32();
    this.audioOut = new AudioOut(
      ssrc,
      randomStart(),
      (header, payload, index) => this.sendRtp(header, payload, ssrc, index),
      now,
      this.resendBudget,
    );
    this.cameraSection = new CameraSection(random32(), randomStart(), this.sendRtp);
  }

  private sendRtp = (header: Buffer, payload: Buffer, ssrc: number, index: number): void =>
    this.transport?.sendRtp(header, payload, ssrc, index);

  capabilities = () => this.attendee.capabilities;
  get ready(): boolean {
    return this.transport?.ready() ?? false;
  }

  connect(remoteFingerprint: Fingerprint): Transport {
    const { context } = this.room;
    this.transport = openTransport({
      ice: context.ice,
      certificate: context.certificate,
      remoteFingerprint,
      fault: () => context.faultOf(this.room.meetingId, this.baseId),
      levelExtension: () => this.audioIn.levelId,
      layerExtension: () => this.camera?.layerId ?? 0,
      onReady: () => this.room.onReady(this),
      onConsent: () => {
        this.heardAtMs = context.now();
      },
      onRtp: (packet) => this.onRtp(packet),
      onRtcp: (packets) => this.onRtcp(packets),
      onFailure: (reason) => context.log({ level: "warn", chime: "dtls", attendee: this.id, fault: reason }),
    });
    return this.transport;
  }

  /** A packet of this client's own, authenticated. */
  onRtp(packet: RtpPacket): void {
    const nowMs = this.room.context.now();
    this.heardAtMs = nowMs;
    const audio = this.audioIn.accepts(packet.payloadType);
    const { camera } = this;
    if (!audio && packet.payloadType !== camera?.payloadType) return;
    const reception = this.receptionOf(packet, audio);
    const outage = reception.onPacket(packet.index, packet.timestamp, nowMs) === "outage";
    if (reception.hasGaps) this.askAgainSoon();
    if (audio) {
      if (packet.level < this.loudest) this.loudest = packet.level;
      const wasAudible = this.audibleUntilMs > nowMs;
      this.audibleUntilMs = nowMs + audibleMs;
      if (!wasAudible) this.room.reroute();
      for (const frame of this.audioIn.frames(packet)) this.room.onAudio(this, frame);
    } else if (camera?.takes(packet)) {
      this.room.onVideo(this, camera, packet);
      if (outage) camera.requestKeyframe();
    }
  }

  /** Only authentic packets come this far, and SRTP bounds how many streams a client may have. */
  private receptionOf({ ssrc, index }: RtpPacket, audio: boolean): Reception {
    let reception = this.receptions.get(ssrc);
    if (!reception) {
      reception = new Reception(ssrc, index, audio ? audioClockRate : videoClockRate);
      this.receptions.set(ssrc, reception);
    }
    return reception;
  }

  private onRtcp(packets: Rtcp[]): void {
    const nowMs = this.room.context.now();
    for (const packet of packets) {
      if (packet.kind === "sender-report") {
        this.receptions.get(packet.ssrc)?.onSenderReport(packet, nowMs);
        if (this.camera && packet.ssrc === this.camera.ssrc) this.room.onCameraReport(this.camera, packet);
        continue;
      }
      if (packet.kind === "reception") {
        if (packet.ssrc === this.audioOut.stream.ssrc) this.audioOut.onLoss(packet.fractionLost);
        continue;
      }
      if (packet.kind === "nack" && packet.ssrc === this.audioOut.stream.ssrc) {
        this.audioOut.resend(packet.sequences);
        continue;
      }
      const video = [...this.videos.values()].find(({ stream }) => stream.ssrc === packet.ssrc);
      const camera = video && this.room.cameraFor(this, video.streamId);
      if (!camera) continue;
      if (packet.kind === "nack") video.resend(packet.sequences, camera.cached);
      else camera.requestKeyframe();
    }
  }

  /** Asks for lost packets until they came or are given up. */
  private askAgainSoon(): void {
    this.nackTimer ??= setTimeout(() => {
      this.nackTimer = null;
      const nowMs = this.room.context.now();
      const requests: Buffer[] = [];
      let more = false;
      for (const reception of this.receptions.values()) {
        const { again, gaveUp } = reception.takeDue(nowMs);
        if (again.length > 0) requests.push(writeNack(this.audioOut.stream.ssrc, reception.ssrc, again));
        if (gaveUp && reception.ssrc === this.camera?.ssrc) this.camera.requestKeyframe();
        more ||= reception.hasGaps;
      }
      this.transport?.sendRtcp(...requests);
      if (more) this.askAgainSoon();
    }, nackTickMs);
  }

  askForKeyframe = (ssrc: number): void =>
    this.transport?.sendRtcp(writeKeyframeRequest(this.audioOut.stream.ssrc, ssrc));

  /** A stream for a camera this client will see. */
  newVideo(streamId: number, mid: string): VideoOut {
    return new VideoOut(
      streamId,
      mid,
      { ssrc: random32(), payloadType: 0, mid: null },
      randomStart(),
      this.sendRtp,
      () => this.cameraSection.claim(),
      this.resendBudget,
    );
  }

  forwardReport(
    video: VideoOut,
    report: { ntp: bigint; timestamp: number; packets: number; octets: number },
  ): void {
    if (video.waiting) return;
    const { ssrc } = video.stream;
    this.transport?.sendRtcp(
      writeSenderReport({ ...report, ssrc, timestamp: video.timeOf(report.timestamp) }),
    );
  }

  /** Once a second: what arrived, and how much may be sent. */
  sendReports(nowMs: number): void {
    const sender = this.audioOut.stream.ssrc;
    const reports = [...this.receptions.values()].map((reception) => reception.report(nowMs));
    const parts = [writeReceiverReport(sender, reports)];
    if (this.camera?.ssrc != null)
      parts.push(writeBitrateLimit(sender, this.camera.ssrc, uplinkBitsPerSecond));
    this.transport?.sendRtcp(...parts);
  }

  /** The loudest level since the last call, minus dBov. */
  takeLevel(): number {
    const level = this.loudest;
    this.loudest = silenceLevel;
    return level;
  }

  stopMedia(): void {
    if (this.nackTimer) clearTimeout(this.nackTimer);
    if (this.dropTimer) clearTimeout(this.dropTimer);
    this.transport?.close();
    this.transport = null;
    this.videos.clear();
    this.camera = null;
  }
}
