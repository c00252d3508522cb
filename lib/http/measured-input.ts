import { z } from "zod";
import { browserNames, deviceStates, type Measured, systemNames } from "@/lib/kernel/measured";

const share = z.number().min(0).max(100);
const ms = z.number().min(0).max(600_000);
const seconds = z.number().min(0).max(86_400);
const times = z.number().int().min(0).max(100_000);

/** A call's own measurements. Strict: a member that is not named here, or a text that is no name of a list, is refused, not kept. */
export const measured: z.ZodType<Measured> = z.strictObject({
  seconds,
  lostDownPercent: share,
  worstLostDownPercent: share,
  lostUpPercent: share,
  worstLostUpPercent: share,
  roundTripMs: ms,
  worstRoundTripMs: ms,
  freezes: times,
  frozenSeconds: seconds,
  reconnects: times,
  awaySeconds: seconds,
  badSeconds: seconds,
  camera: z.enum(deviceStates),
  microphone: z.enum(deviceStates),
  browser: z.enum(browserNames),
  browserVersion: z.number().int().min(0).max(10_000),
  system: z.enum(systemNames),
});
