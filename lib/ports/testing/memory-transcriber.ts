import { err, ok, type Result } from "@/lib/kernel/result";
import type { SpokenLanguage, Transcriber } from "../transcriber";
import { type FaultPlan, faultPlan } from "./faults";

export type MemoryTranscriber = Transcriber & {
  faults: FaultPlan;
  /** What runs, by meeting. */
  running: Map<string, SpokenLanguage>;
};

/** A transcriber without a cloud, for tests. @param isLive of a meeting. */
export function memoryTranscriber(isLive: (meetingId: string) => boolean): MemoryTranscriber {
  const faults = faultPlan();
  const running = new Map<string, SpokenLanguage>();
  return {
    faults,
    running,
    start: (meetingId, language) =>
      faults.around("start", (): Result<void, { code: "MEETING_ENDED" }> => {
        if (!isLive(meetingId)) return err({ code: "MEETING_ENDED" });
        running.set(meetingId, language);
        return ok(undefined);
      }),
    stop: (meetingId) =>
      faults.around("stop", () => {
        running.delete(meetingId);
        return ok(undefined);
      }),
  };
}
