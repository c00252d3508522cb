import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { roomRecordingActs } from "@/lib/http/recording-acts";
import { refusals } from "@/lib/http/refusal-sets";
import { roomSpeaker } from "@/lib/http/room-speaker";
import { readSessionToken } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { err } from "@/lib/kernel/result";
import { answerRecording, askToRecord, stopRecording } from "@/lib/rooms/record-room";

export const POST = endpoint({
  route: "POST /api/rooms/[roomId]/recording",
  summary: "Asks those in the room whether it may be recorded, answers that, or ends it.",
  details:
    "The host asks, and agrees by asking. It begins when everybody inside has agreed; a refusal ends it, and the call goes on. Whoever is inside may stop it at any time. The live state tells how it stands.",
  answer: z.object({ roomId: id, recordingId: id.optional() }),
  refuses: [
    ...refusals.room,
    ...refusals.seat,
    ...refusals.roomOver,
    ...refusals.cloud,
    "RECORDING_OFF",
    "RECORDING_ALONE",
    "RECORDING_OVER",
  ],
  query: z.object({ seat: input.seatId.optional() }),
  body: roomRecordingActs,
  run: async ({ body, ...knock }) => {
    const speaker = await roomSpeaker(knock, readSessionToken(knock.request, body));
    if (!speaker.ok) return speaker;
    const actor = speaker.value;
    // Whoever isn't inside has nothing to agree to.
    if (actor.kind !== "room-invite") return err({ code: "FORBIDDEN" } as const);
    if (body.act === "ask") return askToRecord(knock.deps, actor);
    if (body.act === "stop") return stopRecording(knock.deps, actor);
    const { recordingId } = body;
    return answerRecording(knock.deps, { actor, recordingId, agreed: body.act === "agree" });
  },
});
