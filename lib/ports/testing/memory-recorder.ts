import { err, ok, type Result } from "@/lib/kernel/result";
import type { Recorder, StoredFile } from "../recorder";
import { type FaultPlan, faultPlan } from "./faults";

type Capture = {
  token: string;
  meetingId: string;
  place: string;
  withPicture: boolean;
  running: boolean;
  lockedUntil: Date | null;
};
export type MemoryRecorder = Recorder & {
  faults: FaultPlan;
  /** Every recording that was started and not removed, by capture. */
  captures: Map<string, Capture>;
};

const sound = new TextEncoder().encode("....ftyp of a recording");

/** A recorder without a cloud, for tests. @param isLive of a meeting. */
export function memoryRecorder(isLive: (meetingId: string) => boolean): MemoryRecorder {
  const faults = faultPlan();
  const captures = new Map<string, Capture>();
  const at = (place: string) => [...captures].filter(([, capture]) => capture.place === place);
  const runs = (capture?: Capture) => Boolean(capture?.running && isLive(capture.meetingId));
  const keyOf = (place: string) => `${place}/whole/sound.mp4`;
  const byKey = (key: string) => [...captures.values()].find(({ place }) => keyOf(place) === key);
  return {
    faults,
    captures,
    start: ({ token, meetingId, place, withPicture }) =>
      faults.around("start", (): Result<{ captureId: string }, { code: "MEETING_ENDED" }> => {
        if (!isLive(meetingId)) return err({ code: "MEETING_ENDED" });
        const known = [...captures].find(([, capture]) => capture.token === token);
        const captureId = known?.[0] ?? `capture-${captures.size + 1}`;
        if (!known)
          captures.set(captureId, { token, meetingId, place, withPicture, running: true, lockedUntil: null });
        return ok({ captureId });
      }),
    isRunning: (captureId) => faults.around("isRunning", () => ok(runs(captures.get(captureId)))),
    stop: ({ captureId }) =>
      faults.around("stop", () => {
        const capture = captures.get(captureId);
        if (capture) capture.running = false;
        return ok(undefined);
      }),
    find: (place) =>
      faults.around("find", (): Result<StoredFile | null, never> => {
        const done = at(place).some(([, capture]) => !runs(capture));
        return ok(done ? { key: keyOf(place), bytes: sound.length } : null);
      }),
    lock: (key, until) =>
      faults.around("lock", () => {
        const capture = byKey(key);
        if (capture) capture.lockedUntil = until;
        return ok(undefined);
      }),
    read: (key, range) =>
      faults.around("read", (): Awaited<ReturnType<Recorder["read"]>> => {
        const capture = byKey(key);
        if (!capture) return err({ code: "RECORDING_GONE" });
        const { from, to } = range ?? { from: 0, to: sound.length - 1 };
        if (from >= sound.length) return err({ code: "RANGE_UNKNOWN" });
        const body = new Response(sound.slice(from, to + 1)).body!;
        const end = Math.min(to, sound.length - 1);
        const contentType = capture.withPicture ? "video/mp4" : "audio/mp4";
        return ok({ body, contentType, range: { from, to: end }, total: sound.length });
      }),
    remove: (place) =>
      faults.around("remove", (): Result<void, { code: "RECORDING_LOCKED" }> => {
        const locked = at(place).some(([, { lockedUntil }]) => lockedUntil && lockedUntil > new Date());
        if (locked) return err({ code: "RECORDING_LOCKED" });
        for (const [captureId] of at(place)) captures.delete(captureId);
        return ok(undefined);
      }),
  };
}
