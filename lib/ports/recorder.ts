import type { Result } from "@/lib/kernel/result";
import type { CloudRefusal } from "./meetings";

/** Inclusive, as HTTP counts bytes. */
type ByteRange = { from: number; to: number };
/** One finished file, of sound or with a picture. `key` is where it lies, for us alone: never told to a browser. */
export type StoredFile = { key: string; bytes: number };

/**
 * Records what is said in a meeting, in the cloud: mixed sound, and with it the picture of whoever speaks where that is asked for; encrypted with our key. Nobody joins for it. `place` is where all of one
 * recording lies, and nothing else does: `rooms/<recording id>`. Every verb may be repeated. Bounded in time and retried inside, as `Meetings` is.
 */
export type Recorder = {
  /** The same token for the same recording starts it once. `withPicture`: of whoever speaks, where they show one. @returns the capture, by which it is asked about and stopped. */
  start(request: {
    token: string;
    meetingId: string;
    place: string;
    withPicture: boolean;
  }): Promise<Result<{ captureId: string }, CloudRefusal | { code: "MEETING_ENDED" }>>;
  /** Whether it is recording now. A capture that nobody knows any more is not. */
  isRunning(captureId: string): Promise<Result<boolean, CloudRefusal>>;
  /** From the answer on nothing more is recorded; one file is made of the pieces, soon. Of a capture that is over: success. */
  stop(request: { token: string; captureId: string; place: string }): Promise<Result<void, CloudRefusal>>;
  /** The one file; null while it isn't made. */
  find(place: string): Promise<Result<StoredFile | null, CloudRefusal>>;
  /** From here on nobody can delete the file before `until`, we included. */
  lock(key: string, until: Date): Promise<Result<void, CloudRefusal>>;
  /** `range` null: all of it. The stream must be read or cancelled. */
  read(
    key: string,
    range: ByteRange | null,
  ): Promise<
    Result<
      { body: ReadableStream<Uint8Array>; contentType: string; range: ByteRange; total: number },
      CloudRefusal | { code: "RECORDING_GONE" } | { code: "RANGE_UNKNOWN" }
    >
  >;
  /** Deletes everything in the place, for good. `RECORDING_LOCKED`: some of it may not go yet. */
  remove(place: string): Promise<Result<void, CloudRefusal | { code: "RECORDING_LOCKED" }>>;
};
