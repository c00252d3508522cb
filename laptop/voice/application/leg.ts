import type { AudioLine } from "../../chime/line";
import type { RtpSession } from "../media/rtp-session";
import type { Call } from "../sip/call";

/** One end of a call: somebody in a meeting, or at a telephone. */
export type Leg = {
  write(frame: Int16Array): void;
  onSound(hear: (frame: Int16Array) => void): void;
  /** False where there are no keys to press, or these are none. */
  sendKeys(keys: string, toneMs: number, done: () => void): boolean;
  hangUp(): void;
};

/** Why a leg that was dialled did not come up, or how it ended. `status` as SIP counts them; 0: somebody hung up. */
export type LegEnd = { status: number; reason: string };

export const lineLeg = (line: AudioLine): Leg => ({
  write: line.write,
  onSound: line.onSound,
  sendKeys: () => false,
  hangUp: line.close,
});

export const telephoneLeg = (call: Call, media: RtpSession): Leg => ({
  write: media.write,
  onSound: media.onSound,
  sendKeys: media.sendKeys,
  hangUp: call.hangUp,
});

/** Each hears the other. */
export function bridge(one: Leg, other: Leg): void {
  one.onSound(other.write);
  other.onSound(one.write);
}
