import type { TranscriptEvent } from "amazon-chime-sdk-js";
import type { Who } from "../call-state";
import type { CaptionTold } from "../captions/captions";

/** The SDK's transcription events as captions. Results without a speaker are nobody's and are left out. @param whoIs by attendee. */
export function readTranscript(
  event: TranscriptEvent,
  whoIs: (attendeeId: string, externalUserId: string) => Who,
): CaptionTold[] {
  if ("type" in event) {
    if (event.type === "started" || event.type === "resumed") return [{ type: "started" }];
    // Interrupted: the cloud itself tries again, and says when it could.
    return event.type === "stopped" || event.type === "failed" ? [{ type: "stopped" }] : [];
  }
  return event.results.flatMap(({ resultId, isPartial, alternatives }): CaptionTold[] => {
    const [best] = alternatives;
    const speaker = best?.items[0]?.attendee;
    if (!best || !speaker?.attendeeId) return [];
    const who = whoIs(speaker.attendeeId, speaker.externalUserId);
    return [{ type: "said", id: resultId, who, text: best.transcript, final: !isPartial }];
  });
}
