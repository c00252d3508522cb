import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import * as input from "@/lib/http/visit-inputs";
import { readRecording } from "@/lib/rooms/recording/play-recording";

/** A part this large at most: a player asks on as it plays. Bytes. */
const partMaxBytes = 1024 * 1024;

export const GET = endpoint({
  route: "GET /api/rooms/[roomId]/recordings/[recordingId]/sound",
  summary: "The sound of a recording, or a part of it.",
  details:
    "For the colleague who opened it on the room's page, for an hour. Understands one `Range` of bytes, and answers at most 1 MiB of it.",
  answer: { media: "audio/mp4", holds: "The sound: 200 whole, or 206 a part of it." },
  alsoStatus: 206,
  persons: true,
  refuses: [
    ...refusals.cloud,
    "RECORDING_UNKNOWN",
    "RECORDING_NOT_OPENED",
    "RECORDING_GONE",
    "RANGE_UNKNOWN",
    "FORBIDDEN",
  ],
  query: z.object({ play: input.personId }),
  run: async ({ deps, actor, params, query, request }) => {
    const asked = rangeOf(request.headers.get("range"));
    const read = await readRecording(deps, {
      actor,
      roomId: params.roomId!,
      recordingId: params.recordingId!,
      playId: query.play,
      range: asked,
    });
    if (!read.ok) return read;
    const { sound, contentType, range, total } = read.value;
    return new Response(sound, {
      status: asked ? 206 : 200,
      headers: {
        "content-type": contentType,
        "content-length": String(range.to - range.from + 1),
        "accept-ranges": "bytes",
        "cache-control": "no-store",
        ...(asked && { "content-range": `bytes ${range.from}-${range.to}/${total}` }),
      },
    });
  },
});

/** One range that names where it begins (RFC 9110); anything else is answered whole, as it may be. */
function rangeOf(header: string | null): { from: number; to: number } | null {
  const found = /^bytes=(\d{1,12})-(\d{0,12})$/.exec(header ?? "");
  if (!found) return null;
  const from = Number(found[1]);
  const to = found[2] ? Number(found[2]) : Number.POSITIVE_INFINITY;
  return to < from ? null : { from, to: Math.min(to, from + partMaxBytes - 1) };
}
