import { soundOfKeys } from "./keypad";
import { frameMs, type OpenLine } from "./line";

/** An agent's keys, heard by everybody in the call: whoever listens by telephone hears them as their own would sound. Done once they have sounded. */
export async function sendKeys(
  openLine: OpenLine,
  { meetingId, keys }: { meetingId: string; keys: string },
): Promise<void> {
  const line = await openLine(meetingId, { externalUserId: "connect-prompts" });
  const frames = soundOfKeys(keys);
  await new Promise<void>((done) => {
    let next = 0;
    const stop = () => {
      clearInterval(pump);
      done();
    };
    line.onEnd(stop);
    const pump = setInterval(() => {
      const frame = frames[next++];
      if (frame) line.write(frame);
      else stop();
    }, frameMs);
  });
  line.close();
}
