import type { Result } from "@/lib/kernel/result";
import type { CloudRefusal } from "./meetings";

export const spokenLanguages = ["en", "es"] as const;
export type SpokenLanguage = (typeof spokenLanguages)[number];

/**
 * Has what is said in a meeting written down while it is said. What comes of it goes to those in the meeting, by the meeting's own way, and
 * never through us: nothing is kept. Bounded in time and retried inside, as `Meetings` is.
 */
export type Transcriber = {
  /** Starting what runs already is success. */
  start(
    meetingId: string,
    language: SpokenLanguage,
  ): Promise<Result<void, CloudRefusal | { code: "MEETING_ENDED" }>>;
  /** Stopping what doesn't run, or has ended, is success. */
  stop(meetingId: string): Promise<Result<void, CloudRefusal>>;
};
