/** An attendee of the cloud's own in a meeting. Frames are 20 ms, mono, at 48 kHz: 960 samples. */
export type AudioLine = {
  write(frame: Int16Array): void;
  onSound(hear: (frame: Int16Array) => void): void;
  onEnd(told: () => void): void;
  close(): void;
};
export type OpenLine = (
  meetingId: string,
  who: { externalUserId: string } | { joinToken: string },
) => AudioLine | Promise<AudioLine>;

export const frameMs = 20;
export const frameSamples = 960;
export const samplesPerSecond = 48_000;
