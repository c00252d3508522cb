import { encodeFrame, frameType } from "../signaling/frame";
import { mayMessage } from "./entitlements";
import type { Peer } from "./peer";

/** The vendor's limits on a data message. */
const topicPattern = /^[A-Za-z0-9_-]{1,36}$/;
const dataMaxBytes = 2048;
const lifetimeMaxMs = 300_000;
/** A meeting keeps this many unexpired messages for late joiners; the oldest give way. */
const keptMax = 1000;

export type DataMessage = {
  topic: string;
  data: Uint8Array;
  lifetimeMs: number;
  senderAttendeeId: string;
  senderExternalUserId: string;
  ingestTimeNs: number;
};

type Kept = { message: DataMessage; untilMs: number; delivered: Set<string> };

/** @returns null for what breaks the vendor's limits. */
export function readDataMessage(
  given: { topic?: string | null; data?: Uint8Array | null; lifetimeMs?: number | null },
  sender: { attendeeId: string; externalUserId: string },
  nowMs: number,
): DataMessage | null {
  const { topic, data, lifetimeMs } = given;
  if (!topic || !topicPattern.test(topic) || !data || data.length > dataMaxBytes) return null;
  const lifetime = lifetimeMs ?? 0;
  if (!(lifetime >= 0 && lifetime <= lifetimeMaxMs)) return null;
  return {
    topic,
    data,
    lifetimeMs: lifetime,
    senderAttendeeId: sender.attendeeId,
    senderExternalUserId: sender.externalUserId,
    ingestTimeNs: Math.round(nowMs) * 1e6,
  };
}

/** Messages that outlive their moment: each attendee gets each of them once, however often they reconnect. */
export class KeptMessages {
  private kept: Kept[] = [];

  add(message: DataMessage, deliveredTo: Iterable<string>, nowMs: number): void {
    this.kept = this.kept.filter(({ untilMs }) => untilMs > nowMs);
    if (message.lifetimeMs <= 0) return;
    const delivered = new Set(deliveredTo).add(message.senderAttendeeId);
    this.kept.push({ message, untilMs: nowMs + message.lifetimeMs, delivered });
    if (this.kept.length > keptMax) this.kept.shift();
  }

  takeFor(attendeeId: string, nowMs: number): DataMessage[] {
    const due = this.kept.filter(({ untilMs, delivered }) => untilMs > nowMs && !delivered.has(attendeeId));
    for (const { delivered } of due) delivered.add(attendeeId);
    return due.map(({ message }) => message);
  }
}

/** Messages between those who may have them (`mayMessage`), each attendee's once, on whichever device. */
export class DataMessages {
  private readonly kept = new KeptMessages();

  constructor(private readonly now: () => number) {}

  send(sender: Peer, given: Array<Parameters<typeof readDataMessage>[0]>, peers: ReadonlySet<Peer>): void {
    if (!mayMessage(sender)) return;
    const nowMs = this.now();
    const readers = [...peers].filter(
      (peer) => peer.baseId !== sender.baseId && peer.announced && mayMessage(peer),
    );
    for (const one of given) {
      const { attendeeId, externalUserId } = sender.attendee;
      const message = readDataMessage(one, { attendeeId, externalUserId }, nowMs);
      if (!message) continue;
      if (!sender.dataBudget.take()) {
        // Ingest time 0 tells the sender's SDK that it was throttled.
        sender.signal.send(frameType.DATA_MESSAGE, {
          dataMessage: { messages: [{ ...message, ingestTimeNs: 0 }] },
        });
        continue;
      }
      const bytes = encodeFrame(frameType.DATA_MESSAGE, { dataMessage: { messages: [message] } }, nowMs);
      for (const reader of readers) reader.signal.sendEncoded(bytes);
      this.kept.add(
        message,
        readers.map(({ baseId }) => baseId),
        nowMs,
      );
    }
  }

  /** What somebody missed and still lives. */
  replay(peer: Peer): void {
    if (!mayMessage(peer)) return;
    const messages = this.kept.takeFor(peer.baseId, this.now());
    if (messages.length > 0) peer.signal.send(frameType.DATA_MESSAGE, { dataMessage: { messages } });
  }
}
