/** Keys in RTP (RFC 4733). */
export const keys = "0123456789*#ABCD";
const payloadLength = 4;
/** −10 dBm0, as telephones do. */
const volume = 10;

export type KeyEvent = { key: string; ended: boolean /** At 8 kHz. */; duration: number };

/** @param duration of the press so far, in samples of 8 kHz. */
export function writeKeyEvent({ key, ended, duration }: KeyEvent): Buffer {
  const payload = Buffer.alloc(payloadLength);
  payload[0] = keys.indexOf(key);
  payload[1] = (ended ? 0x80 : 0) | volume;
  payload.writeUInt16BE(Math.min(0xffff, duration), 2);
  return payload;
}

/** @returns null for what is no key of a telephone. */
export function readKeyEvent(payload: Buffer): KeyEvent | null {
  const key = payload.length >= payloadLength ? keys[payload[0]!] : undefined;
  return key === undefined
    ? null
    : { key, ended: (payload[1]! & 0x80) !== 0, duration: payload.readUInt16BE(2) };
}

/** Hears each press once, though it comes in many packets: all of one press carry one timestamp. */
export function keyListener(pressed: (key: string) => void): (timestamp: number, payload: Buffer) => void {
  let last: number | null = null;
  return (timestamp, payload) => {
    const event = readKeyEvent(payload);
    // An older press that comes late was heard already.
    if (!event || (last !== null && ((timestamp - last) | 0) <= 0)) return;
    last = timestamp;
    pressed(event.key);
  };
}
