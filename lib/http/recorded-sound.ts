import type { Actor } from "@/lib/kernel/actor";
import type { Call } from "@/lib/recordings/call";
import { readRecording } from "@/lib/recordings/play-recording";
import type { DoorDeps } from "./deps";
import { refusals } from "./refusal-sets";

/** A part this large at most: a player asks on as it plays. Bytes. */
const partMaxBytes = 1024 * 1024;

/** What the doors to recordings have in common. */
const common = {
  details:
    "For the colleague who opened it on its page, for an hour. Understands one `Range` of bytes, and answers at most 1 MiB of it.",
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
} as const;
export const soundAnswers = {
  ...common,
  answer: { media: "audio/mp4", holds: "The sound: 200 whole, or 206 a part of it." },
} as const;
/** Of a visit. */
export const filmAnswers = {
  ...common,
  answer: {
    media: "audio/mp4",
    orMedia: ["video/mp4", "video/webm"],
    holds: "The sound, or sound and picture: 200 whole, or 206 a part of it.",
  },
} as const;

export async function answerSound(asked: {
  deps: DoorDeps;
  actor: Actor;
  call: Call;
  recordingId: string;
  playId: string;
  request: Request;
}) {
  const { deps, request, ...what } = asked;
  const part = rangeOf(request.headers.get("range"));
  const read = await readRecording(deps, { ...what, range: part });
  if (!read.ok) return read;
  const { body, contentType, range, total } = read.value;
  return new Response(body, {
    status: part ? 206 : 200,
    headers: {
      "content-type": contentType,
      "content-length": String(range.to - range.from + 1),
      "accept-ranges": "bytes",
      "cache-control": "no-store",
      ...(part && { "content-range": `bytes ${range.from}-${range.to}/${total}` }),
    },
  });
}

/** One range that names where it begins (RFC 9110); anything else is answered whole, as it may be. */
function rangeOf(header: string | null): { from: number; to: number } | null {
  const found = /^bytes=(\d{1,12})-(\d{0,12})$/.exec(header ?? "");
  if (!found) return null;
  const from = Number(found[1]);
  const to = found[2] ? Number(found[2]) : Number.POSITIVE_INFINITY;
  return to < from ? null : { from, to: Math.min(to, from + partMaxBytes - 1) };
}
