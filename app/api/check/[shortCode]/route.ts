import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { mediaPaths, networkRatings } from "@/lib/kernel/connection";
import { err } from "@/lib/kernel/result";
import { cameraFindings, microphoneFindings, speakerFindings } from "@/lib/visits/device-check";
import { noteDeviceCheck } from "@/lib/visits/note-device-check";

const kbps = z.number().int().min(0).max(10_000_000).nullable();
const percent = z.number().min(0).max(100).nullable();
const ms = z.number().int().min(0).max(600_000).nullable();
const body = z.object({
  runId: z.guid(),
  camera: z.enum(cameraFindings),
  microphone: z.enum(microphoneFindings),
  speaker: z.enum(speakerFindings),
  path: z.enum(mediaPaths),
  lostDownPercent: percent,
  lostUpPercent: percent,
  mediaRoundTripMs: ms,
  jitterMs: ms,
  network: z.enum(networkRatings),
  downKbps: kbps,
  upKbps: kbps,
  roundTripMs: ms,
  framesPerSecond: z.number().min(0).max(1_000).nullable(),
  frameMs: z.number().min(0).max(600_000).nullable(),
  lateMs: ms,
});

export const POST = endpoint({
  route: "POST /api/check/[shortCode]",
  summary: "What came of a device check.",
  details: "Opens no visit. A code that nobody made and one whose visit is over are answered alike.",
  answer: z.object({ recorded: z.boolean() }),
  refuses: ["CODE_UNKNOWN", "GUESS_LIMITED", "CHECKS_LIMITED"],
  body,
  run: async ({ deps, body: { runId, ...findings }, params, origin }) => {
    const code = input.shortCode.safeParse(params.shortCode);
    if (!code.success) return err({ code: "CODE_UNKNOWN" } as const);
    return noteDeviceCheck(deps, { code: code.data, runId, findings, origin });
  },
});
