import type { MeetingRecord } from "../control/registry";
import type { RtpPacket } from "../rtp/packet";
import type { SenderReport } from "../rtp/rtcp";
import { encodeFrame, type Frame, type FrameFields, frameType } from "../signaling/frame";
import { Transcription } from "../transcript/transcription";
import { answerSubscribe } from "./answer-subscribe";
import type { Camera } from "./camera";
import { DataMessages } from "./data-messages";
import { mayHear, maySee, mayShow, maySpeak } from "./entitlements";
import { indexFor, joinAck, presenceOf, volumesFor } from "./frames";
import { Mixer } from "./mixer";
import type { Peer, PeerRoom, RoomContext } from "./peer";

const tickMs = 200;
const ticksPerReport = 5;
const paceMs = 20;
/** After an unclean close the others still see somebody for this long, in case they come back. */
const graceMs = 8_000;
/** Nothing came from a client on its way for media for this long: asleep, or out of the network's reach. Its socket may seem open for minutes yet. */
const silentMaxMs = 10_000;
/** `AUDIO_STATUS` of the protocol, which ends a call on the client's side. */
const audioStatus = { joinedElsewhere: 301, ended: 410, removed: 411 } as const;

/** Somebody outside the meeting who has what is said and shown in it told. A content share is not. */
type Listener = {
  hear: (attendeeId: string, packet: RtpPacket) => void;
  see?: (attendeeId: string, packet: RtpPacket, camera: Pick<Camera, "requestKeyframe">) => void;
  ended: () => void;
};
/** @returns what ends it. */
export type Listen = (senses: Pick<Listener, "hear" | "see">) => () => void;

/** A meeting as it is now: who is connected, who reaches whom. What outlives a restart is in the registry's record. */
export class Room implements PeerRoom {
  private readonly peers = new Set<Peer>();
  private readonly listeners = new Set<Listener>();
  private readonly messages: DataMessages;
  private readonly mixer: Mixer<Peer>;
  private transcription: Transcription | null = null;
  private nextAudioStreamId: number;
  private nextStreamId: number;
  private nextGroupId: number;
  private ticker: NodeJS.Timeout | null = null;
  private pacer: NodeJS.Timeout | null = null;
  private ticks = 0;

  constructor(
    readonly context: RoomContext,
    private readonly meeting: MeetingRecord,
  ) {
    const mixedListeners = () =>
      [...this.peers]
        .filter((peer) => peer.sources.length > 1 && peer.ready)
        .map((peer) => ({
          id: peer,
          sources: peer.sources,
          lossRate: peer.audioOut.lossRate,
          mixed: (opus: Buffer) => peer.audioOut.mixed(opus),
        }));
    this.mixer = new Mixer(mixedListeners, context.now);
    this.messages = new DataMessages(context.now);
    this.onTranscriptionChanged();
    const first = firstNumber(context.clock() - meeting.createdAtMs);
    this.nextAudioStreamId = first;
    this.nextStreamId = first;
    this.nextGroupId = first;
  }

  get meetingId(): string {
    return this.meeting.meetingId;
  }
  members(): Peer[] {
    return [...this.peers];
  }

  // Coming and going

  /** True when the meeting's own limit keeps a further attendee out; one who is in already may always come back. */
  isFullFor(baseId: string): boolean {
    const present = new Set([...this.peers].map((peer) => peer.baseId));
    const { MaxCount = 250 } = this.meeting.features.Attendee ?? {};
    return !present.has(baseId) && present.size >= MaxCount;
  }

  join(peer: Peer): void {
    const old = [...this.peers].find(({ id }) => id === peer.id);
    const hadCamera = old?.camera != null;
    if (old) this.replace(old, peer);
    this.peers.add(peer);
    this.ticker ??= setInterval(() => this.tick(), tickMs);
    peer.signal.send(frameType.JOIN_ACK, joinAck);
    this.sendIndex(peer);
    if (hadCamera) this.sendIndexes();
  }

  /** Same session: a reconnect, which nobody need notice. Another session: the old device is told why it is out. */
  private replace(old: Peer, peer: Peer): void {
    peer.audioStreamId = old.audioStreamId; // still present to the others, until its media is back
    if (old.sessionId !== peer.sessionId)
      old.signal.send(frameType.AUDIO_STATUS, { audioStatus: { audioStatus: audioStatus.joinedElsewhere } });
    this.discard(old);
    old.signal.expectGoodbye();
    this.reroute();
  }

  private discard(peer: Peer): void {
    this.peers.delete(peer);
    this.mixer.forget(peer);
    peer.stopMedia();
  }

  onFrame(peer: Peer, frame: Frame): void {
    if (frame.type === frameType.LEAVE) {
      peer.signal.send(frameType.LEAVE_ACK, { leaveAck: {} });
      peer.signal.expectGoodbye();
      this.leave(peer);
      return;
    }
    if (!this.peers.has(peer)) return; // replaced, removed or ended: only its LEAVE counts
    switch (frame.type) {
      case frameType.SUBSCRIBE:
        if (!frame.sub || !answerSubscribe(peer, frame.sub)) peer.signal.terminate();
        return;
      case frameType.AUDIO_CONTROL:
        this.setMuted(peer, frame.audioControl?.muted === true);
        return;
      case frameType.DATA_MESSAGE:
        this.messages.send(peer, frame.dataMessage?.messages ?? [], this.peers);
        return;
      case frameType.PAUSE:
        for (const streamId of frame.pause?.streamIds ?? [])
          if (peer.videos.has(streamId)) peer.paused.add(streamId);
        return;
      case frameType.RESUME:
        for (const streamId of frame.pause?.streamIds ?? []) {
          if (peer.paused.delete(streamId)) peer.videos.get(streamId)?.restart();
          this.cameraFor(peer, streamId)?.requestKeyframe();
        }
        return;
    }
  }

  onClose(peer: Peer): void {
    if (!this.peers.has(peer)) return;
    peer.dropTimer = setTimeout(() => this.remove(peer, true), graceMs);
  }

  /** Somebody hangs up. */
  leave(peer: Peer): void {
    this.remove(peer, false);
  }

  private remove(peer: Peer, dropped: boolean): void {
    if (!this.peers.has(peer)) return;
    const hadCamera = peer.camera !== null;
    this.discard(peer);
    if (peer.audioStreamId)
      this.announce({ audioStreamIdInfo: { streams: [{ audioStreamId: peer.audioStreamId, dropped }] } });
    if (hadCamera) this.sendIndexes();
    this.reroute();
    if (this.peers.size === 0) this.stop();
  }

  /** DeleteAttendee: their calls end, on every device and with their content share. */
  expel(attendeeId: string): void {
    for (const peer of [...this.peers])
      if (peer.baseId === attendeeId) {
        peer.signal.send(frameType.AUDIO_STATUS, { audioStatus: { audioStatus: audioStatus.removed } });
        peer.signal.expectGoodbye();
        this.remove(peer, false);
      }
  }

  /** The meeting is over for everybody. A close code alone would leave the SDK's call hanging: it must be told. */
  end(): void {
    for (const peer of this.peers) {
      peer.signal.send(frameType.AUDIO_STATUS, { audioStatus: { audioStatus: audioStatus.ended } });
      peer.signal.expectGoodbye();
      peer.stopMedia();
    }
    this.peers.clear();
    this.stop();
    for (const { ended } of [...this.listeners]) ended();
  }

  /** The server goes, the meeting stays: clients reconnect by themselves. */
  abandon(): void {
    for (const peer of this.peers) {
      peer.stopMedia();
      peer.signal.terminate();
    }
    this.peers.clear();
    this.stop();
  }

  private stop(): void {
    if (this.ticker) clearInterval(this.ticker);
    if (this.pacer) clearInterval(this.pacer);
    this.ticker = null;
    this.pacer = null;
    this.mixer.stop();
  }

  // Presence

  onReady(peer: Peer): void {
    peer.audioStreamId = this.nextAudioStreamId++;
    peer.announced = true;
    this.meeting.audioAtMs = this.context.clock();
    const present = [...this.peers].filter(({ audioStreamId }) => audioStreamId > 0);
    // The SDK takes the first list as the whole truth, itself included.
    peer.signal.send(frameType.AUDIO_STREAM_ID_INFO, {
      audioStreamIdInfo: { streams: present.map(presenceOf) },
    });
    this.announce({ audioStreamIdInfo: { streams: [presenceOf(peer)] } }, peer);
    this.messages.replay(peer);
    this.transcription?.tellStarted([peer]);
    this.reroute();
  }

  private setMuted(peer: Peer, muted: boolean): void {
    peer.muted = muted;
    if (peer.audioStreamId)
      this.announce({ audioStreamIdInfo: { streams: [{ audioStreamId: peer.audioStreamId, muted }] } });
  }

  private announce(fields: FrameFields, except?: Peer): void {
    const bytes = encodeFrame(frameType.AUDIO_STREAM_ID_INFO, fields, this.context.now());
    for (const peer of this.peers) if (peer !== except && peer.announced) peer.signal.sendEncoded(bytes);
  }

  // Rights

  /** UpdateAttendeeCapabilities took effect: the next packet already obeys it, and clients learn of what they gained or lost. */
  onCapabilitiesChanged(attendeeId: string): void {
    this.reroute();
    for (const peer of this.peers) if (peer.baseId === attendeeId && !mayShow(peer)) peer.camera = null;
    for (const viewer of this.peers)
      for (const [streamId, video] of viewer.videos) {
        const owner = this.ownerOf(streamId);
        if (!owner || (viewer.baseId !== attendeeId && owner.baseId !== attendeeId)) continue;
        video.restart(); // whatever it missed: from a key frame on
        if (maySee(viewer, owner)) owner.camera?.requestKeyframe();
      }
    this.sendIndexes();
    for (const peer of this.peers) if (peer.baseId === attendeeId && peer.ready) this.messages.replay(peer);
  }

  /** Start- or StopMeetingTranscription took effect. */
  onTranscriptionChanged(): void {
    const { transcription } = this.meeting;
    if (!transcription) this.transcription?.tellStopped(this.peers);
    this.transcription = transcription ? new Transcription(transcription, this.context.now) : null;
    this.transcription?.tellStarted(this.peers);
  }

  // Audio

  /** Who hears whom, worked out anew whenever people, rights or microphones come or go; packets then only follow it. */
  reroute(): void {
    const nowMs = this.context.now();
    const audible = [...this.peers].filter((peer) => peer.ready && peer.audibleUntilMs > nowMs);
    for (const listener of this.peers)
      listener.sources = audible.filter((speaker) => mayHear(listener, speaker));
    this.pace();
  }

  onAudio(speaker: Peer, packet: RtpPacket): void {
    let mixed = false;
    for (const listener of this.peers) {
      if (!listener.sources.includes(speaker)) continue;
      if (listener.sources.length === 1) listener.audioOut.forward(packet);
      else mixed = true;
    }
    if (mixed) this.mixer.push(speaker, packet);
    if (maySpeak(speaker)) for (const { hear } of this.listeners) hear(speaker.id, packet);
  }

  /** Takes no place in the meeting, and is announced to nobody. @returns what ends it. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whoever hears nobody gets silence: the SDK takes a stream without packets for a broken one. */
  private pace(): void {
    const needed = [...this.peers].some((peer) => this.needsSilence(peer));
    if (needed) this.pacer ??= setInterval(() => this.fillIn(), paceMs);
    else if (this.pacer) {
      clearInterval(this.pacer);
      this.pacer = null;
    }
  }

  private needsSilence(peer: Peer): boolean {
    return peer.ready && !peer.content && peer.audioOut.starving;
  }

  private fillIn(): void {
    for (const peer of this.peers) if (this.needsSilence(peer)) peer.audioOut.silence();
  }

  // Video

  newCamera(): { streamId: number; groupId: number } {
    return { streamId: this.nextStreamId++, groupId: this.nextGroupId++ };
  }

  private ownerOf(streamId: number): Peer | undefined {
    for (const peer of this.peers) if (peer.camera?.streamId === streamId) return peer;
    return undefined;
  }

  /** The camera behind a stream, if this viewer may see it. */
  cameraFor(viewer: Peer, streamId: number): Camera | null {
    const owner = this.ownerOf(streamId);
    return owner && maySee(viewer, owner) ? owner.camera : null;
  }

  onVideo(owner: Peer, camera: Camera, packet: RtpPacket): void {
    if (!mayShow(owner)) return;
    const { streamId } = camera;
    for (const viewer of this.peers) {
      const video = viewer.videos.get(streamId);
      if (video && !viewer.paused.has(streamId) && maySee(viewer, owner)) video.forward(packet);
    }
    if (!owner.content) for (const { see } of this.listeners) see?.(owner.id, packet, camera);
  }

  /** Another size of the same picture from here on: viewers go on at its next key frame. */
  onCameraSwitched(streamId: number): void {
    for (const viewer of this.peers) viewer.videos.get(streamId)?.restart();
  }

  onCameraReport({ streamId }: Camera, report: SenderReport): void {
    for (const viewer of this.peers) {
      const video = viewer.videos.get(streamId);
      if (video && this.cameraFor(viewer, streamId)) viewer.forwardReport(video, report);
    }
  }

  sendIndexes(): void {
    for (const peer of this.peers) this.sendIndex(peer);
  }

  private sendIndex(viewer: Peer): void {
    viewer.signal.send(frameType.INDEX, indexFor(viewer, this.peers));
  }

  // The clock

  /** The others learn that somebody is cut off; who wakes up finds the socket closed, and comes back. */
  private dropSilent(nowMs: number): void {
    for (const peer of [...this.peers]) {
      if (!peer.ready || nowMs - peer.heardAtMs <= silentMaxMs) continue;
      this.remove(peer, true);
      peer.signal.terminate();
    }
  }

  private tick(): void {
    const nowMs = this.context.now();
    this.ticks += 1;
    this.dropSilent(nowMs);
    const ready = [...this.peers].filter((peer) => peer.ready);
    if (ready.length > 0) this.meeting.audioAtMs = this.context.clock();
    this.reroute();
    const levels = new Map(ready.map((peer) => [peer, peer.takeLevel()]));
    this.transcription?.tick(levels);
    for (const listener of ready)
      listener.signal.send(frameType.AUDIO_METADATA, volumesFor(listener, levels));
    for (const viewer of ready)
      for (const [streamId, video] of viewer.videos)
        if (video.waiting && !viewer.paused.has(streamId))
          this.cameraFor(viewer, streamId)?.requestKeyframe();
    if (this.ticks % ticksPerReport === 0) for (const peer of ready) peer.sendReports(nowMs);
  }
}

/**
 * Clients compare these numbers with what they knew before a restart: a lower one is taken for an old one, and somebody who left then
 * stays on their screen. So they go on rising with the meeting's age, faster than anybody joins. 1 is what clients call their own audio.
 */
const firstNumber = (ageMs: number) => 2 + Math.floor(Math.max(0, ageMs) / 100);
