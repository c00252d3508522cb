import { type AudioVideoFacade, DefaultActiveSpeakerPolicy } from "amazon-chime-sdk-js";
import type { Seen, Tile, Who } from "../call-state";
import { later } from "../later";
import { readFrozen } from "../line/measure";
import { lineReader } from "../line/read-line";
import type { DataEvent, MediaEvent, Topic } from "./media";
import { presenceOf } from "./presence";
import { readTranscript } from "./read-transcript";
import { baseOf, isScreen, whoOf } from "./who";

const topics: readonly Topic[] = ["chat", "line", "share"];
/** Of what others show the SDK is about to negotiate: our page, drawn anew for it, would hold that up by as long as it takes. */
const negotiationFirstMs = 80;

export type Others = ReturnType<typeof hearOthers>;

/**
 * What one session tells of everybody else: who is there, seen, heard, talking, and what they write.
 *
 * @param mine the attendee of this page. @param watching false: their cameras are not to be sent here.
 */
export function hearOthers(
  audioVideo: AudioVideoFacade,
  mine: string,
  watching: () => boolean,
  tell: (event: MediaEvent) => void,
  heard: (message: DataEvent) => void,
) {
  const from = (attendeeId: string, externalUserId: string): Who =>
    attendeeId === mine ? "me" : whoOf(attendeeId, externalUserId);
  const tiles = new Map<number, Tile>();
  const names = new Map<string, Who>();
  const seen = new Map<Who, Seen>();
  const muted = new Set<Who>();
  let show = false;

  const cameras = () => [...tiles.values()].filter(({ screen }) => !screen).map(({ tileId }) => tileId);
  const tellTiles = () => tell({ type: "tiles", tiles: [...tiles.values()], atMs: Date.now() });
  /** Their cameras, sent to this device or not. Screens always are. */
  function watch(on: boolean): void {
    for (const tileId of cameras())
      if (on) audioVideo.unpauseVideoTile(tileId);
      else audioVideo.pauseVideoTile(tileId);
  }

  const readLine = lineReader();
  audioVideo.addObserver({
    remoteVideoSourcesDidChange: (sources) => {
      show = sources.length > 0;
      later(negotiationFirstMs, () => tell({ type: "cameras", cameras: sources.length, atMs: Date.now() }));
    },
    videoTileDidUpdate: ({ tileId, localTile, boundAttendeeId, boundExternalUserId }) => {
      if (localTile || tileId === null || !boundAttendeeId) return;
      if (baseOf(boundAttendeeId) === mine) return; // one's own screen share comes back as a tile
      const who = whoOf(boundAttendeeId, boundExternalUserId);
      if (tiles.get(tileId)?.who === who) return;
      tiles.set(tileId, { tileId, who, screen: isScreen(boundAttendeeId) });
      tellTiles();
      if (!watching()) watch(false);
    },
    videoTileWasRemoved: (tileId) => {
      if (tiles.delete(tileId)) tellTiles();
    },
    metricsDidReceive: (report) => {
      const stats = report.getRTCStatsReport();
      const sample = readLine(stats.values());
      tell({ type: "line", sample, frozen: readFrozen(stats.values()), atMs: Date.now() });
    },
  });

  audioVideo.realtimeSubscribeToAttendeeIdPresence((attendeeId, present, externalUserId, dropped) => {
    if (baseOf(attendeeId) === mine || isScreen(attendeeId)) return;
    const who = whoOf(attendeeId, externalUserId);
    const first = !names.has(attendeeId);
    names.set(attendeeId, who);
    seen.set(who, present ? "here" : dropped ? "dropped" : "gone");
    const others = presenceOf(seen.values());
    tell({ type: "presence", others, seen: Object.fromEntries(seen), atMs: Date.now() });
    if (!first) return;
    audioVideo.realtimeSubscribeToVolumeIndicator(attendeeId, (_attendee, _volume, isMuted) => {
      if (isMuted === null || isMuted === muted.has(who)) return;
      if (isMuted) muted.add(who);
      else muted.delete(who);
      tell({ type: "others-muted", muted: [...muted] });
    });
  });
  audioVideo.subscribeToActiveSpeakerDetector(new DefaultActiveSpeakerPolicy(), (active) =>
    tell({ type: "talking", talking: active.map((id) => (id === mine ? "me" : (names.get(id) ?? id))) }),
  );
  audioVideo.transcriptionController?.subscribeToTranscriptEvent((event) => {
    for (const told of readTranscript(event, from)) tell({ type: "captions", told });
  });
  for (const topic of topics)
    audioVideo.realtimeSubscribeToReceiveDataMessage(topic, (message) => {
      const { senderAttendeeId, senderExternalUserId, timestampMs: atMs, throttled } = message;
      const who = from(senderAttendeeId, senderExternalUserId);
      heard({ topic, from: who, text: message.text(), atMs, throttled });
    });

  return { watch, show: () => show };
}
