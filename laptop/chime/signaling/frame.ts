import type {
  ISdkSignalFrame,
  SdkSignalFrame,
} from "amazon-chime-sdk-js/build/signalingprotocol/SignalingProtocol.js";
import protocol from "amazon-chime-sdk-js/build/signalingprotocol/SignalingProtocol.js";

/** The public npm package's own protobuf module: the laptop speaks exactly what the SDK speaks. */
export const frameType = protocol.SdkSignalFrame.Type;
export const videoStream = protocol.SdkStreamMediaType.VIDEO;
export const pingPongType = protocol.SdkPingPongType;
export type Frame = SdkSignalFrame;
export type FrameFields = Omit<ISdkSignalFrame, "timestampMs" | "type">;

/** One byte before each protobuf body says what it is; both of these carry an SdkSignalFrame. */
const signalFrame = 0x05;
const signalFrameAlso = 0x02;

export function encodeFrame(type: number, fields: FrameFields, nowMs: number): Buffer {
  const body = protocol.SdkSignalFrame.encode(
    protocol.SdkSignalFrame.create({ timestampMs: Math.round(nowMs), type, ...fields }),
  ).finish();
  const out = Buffer.allocUnsafe(body.length + 1);
  out[0] = signalFrame;
  out.set(body, 1);
  return out;
}

/** @returns null for bytes that are no frame. Never throws. */
export function decodeFrame(bytes: Buffer): Frame | null {
  if (bytes.length < 2 || (bytes[0] !== signalFrame && bytes[0] !== signalFrameAlso)) return null;
  try {
    return protocol.SdkSignalFrame.decode(bytes.subarray(1));
  } catch {
    return null; // protobufjs throws on what is truncated, overlong or lacks a required field
  }
}
