import protocol from "amazon-chime-sdk-js/build/signalingprotocol/SignalingProtocol.js";
import { mayHear, mayMessage } from "../room/entitlements";
import type { Peer } from "../room/peer";
import { encodeFrame, frameType } from "../signaling/frame";
import { NoticeSpeech, type Stretch } from "./notice-speech";

/** A topic that no client can send to: theirs have no colon. */
const topic = "aws:chime:transcription";
/** In the place of words, for no recogniser is bundled: a mark that nobody takes for something said. */
const mark = "[speaking]";

type Settings = { languageCode: string; region: string };

/** Live transcription of one room: who speaks, told to those who may hear it, in the frames that the SDK's TranscriptionController reads. */
export class Transcription {
  private readonly speech = new NoticeSpeech<Peer>();

  constructor(
    private readonly settings: Settings,
    private readonly now: () => number,
  ) {}

  /** To whoever comes later as well, which is our choice: a page that was reloaded then knows. */
  tellStarted(readers: Iterable<Peer>): void {
    this.tellStatus(protocol.SdkTranscriptionStatus.Type.STARTED, readers);
  }
  tellStopped(readers: Iterable<Peer>): void {
    this.tellStatus(protocol.SdkTranscriptionStatus.Type.STOPPED, readers);
  }

  /** @param levels the loudest of everybody since the last call, minus dBov. */
  tick(levels: ReadonlyMap<Peer, number>): void {
    const audible = new Map([...levels].filter(([speaker]) => !speaker.muted && !speaker.content));
    for (const stretch of this.speech.hear(audible, this.now())) {
      const { speaker } = stretch;
      const readers = [...levels.keys()].filter((peer) => peer === speaker || mayHear(peer, speaker));
      this.send({ transcript: { results: [this.resultOf(stretch)] } }, readers);
    }
  }

  private resultOf({ speaker, number, startMs, endMs, isPartial }: Stretch<Peer>) {
    const times = { startTime: Math.round(startMs), endTime: Math.round(endMs) };
    const item = {
      ...times,
      type: protocol.SdkTranscriptItem.Type.PRONUNCIATION,
      content: mark,
      speakerAttendeeId: speaker.id,
      speakerExternalUserId: speaker.attendee.externalUserId,
      vocabularyFilterMatch: false,
    };
    return {
      ...times,
      channelId: "ch_0",
      isPartial,
      resultId: `${speaker.id}-${number}`,
      languageCode: this.settings.languageCode,
      alternatives: [{ transcript: mark, items: [item], entities: [] }],
    };
  }

  private tellStatus(type: number, readers: Iterable<Peer>): void {
    const { languageCode, region } = this.settings;
    const transcriptionConfiguration = JSON.stringify({
      EngineTranscribeSettings: { LanguageCode: languageCode },
    });
    const eventTime = Math.round(this.now());
    this.send(
      { status: { type, eventTime, transcriptionRegion: region, transcriptionConfiguration } },
      readers,
    );
  }

  private send(
    event: Parameters<typeof protocol.SdkTranscriptEvent.create>[0],
    readers: Iterable<Peer>,
  ): void {
    const { SdkTranscriptFrame } = protocol;
    const data = SdkTranscriptFrame.encode(SdkTranscriptFrame.create({ events: [event ?? {}] })).finish();
    const nowMs = this.now();
    const message = {
      topic,
      data,
      lifetimeMs: 0,
      senderAttendeeId: "",
      senderExternalUserId: "",
      ingestTimeNs: Math.round(nowMs) * 1e6,
    };
    const bytes = encodeFrame(frameType.DATA_MESSAGE, { dataMessage: { messages: [message] } }, nowMs);
    for (const reader of readers)
      if (reader.announced && mayMessage(reader)) reader.signal.sendEncoded(bytes);
  }
}
