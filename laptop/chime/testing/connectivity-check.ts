import { createHmac, randomBytes } from "node:crypto";
import { crc32 } from "../ice/crc32";

function attribute(type: number, value: Buffer): Buffer {
  const out = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  out.writeUInt16BE(type, 0);
  out.writeUInt16BE(value.length, 2);
  value.copy(out, 4);
  return out;
}

/** A connectivity check that nominates, as a browser sends it (RFC 8445 §7.2). */
export function writeCheck(username: string, password: string): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt16BE(1, 0);
  head.writeUInt32BE(0x2112a442, 4);
  randomBytes(12).copy(head, 8);
  let message = Buffer.concat([
    head,
    attribute(0x0006, Buffer.from(username)),
    attribute(0x0025, Buffer.alloc(0)),
  ]);
  message.writeUInt16BE(message.length - 20 + 24, 2);
  const mac = createHmac("sha1", password).update(message).digest();
  message = Buffer.concat([message, attribute(0x0008, mac)]);
  message.writeUInt16BE(message.length - 20 + 8, 2);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE((crc32(message) ^ 0x5354554e) >>> 0);
  return Buffer.concat([message, attribute(0x8028, sum)]);
}
