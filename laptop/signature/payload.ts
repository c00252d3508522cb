import { createHash } from "node:crypto";
import { crc32 } from "../chime/ice/crc32";
import { VendorError } from "../http/vendor-error";
import { hmac, isSame, mismatch, type Signed, sha256 } from "./verify";

type Headers = Record<string, string>;
type Trailer = { name: string; value: string };

/**
 * The body that a signature stands for: whole, or put together from the pieces of `aws-chunked`, each with its own signature where the pieces are signed.
 * Throws `VendorError` where it isn't what was signed, is cut short, or its checksums don't hold.
 */
export function readPayload(body: Buffer, headers: Headers, signed: Signed): Buffer {
  const { payload } = signed;
  if (!payload.startsWith("STREAMING-")) {
    if (payload !== "UNSIGNED-PAYLOAD" && payload !== sha256(body))
      throw new VendorError(
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
        400,
        { ClientComputedContentSHA256: payload, S3ComputedContentSHA256: sha256(body) },
      );
    return checked(body, headers);
  }
  const withTrailer = payload.endsWith("-TRAILER");
  if (!streamings.includes(payload))
    throw new VendorError(
      "InvalidRequest",
      `The value of x-amz-content-sha256 header is invalid: ${payload}`,
    );
  const isSigned = payload.startsWith("STREAMING-AWS4");
  const { bytes, trailer } = readPieces(body, signed, { isSigned, withTrailer });
  if (Number(headers["x-amz-decoded-content-length"] ?? Number.NaN) !== bytes.length) throw incomplete();
  if (withTrailer && trailer?.name !== headers["x-amz-trailer"]?.toLowerCase())
    throw new VendorError(
      "MalformedTrailerError",
      "The request contained trailing data that was not well-formed",
    );
  return checked(bytes, trailer ? { ...headers, [trailer.name]: trailer.value } : headers);
}

const streamings = [
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
];

function readPieces(
  body: Buffer,
  { key, at, scope, seed }: Signed,
  { isSigned, withTrailer }: { isSigned: boolean; withTrailer: boolean },
): { bytes: Buffer; trailer: Trailer | null } {
  const pieces: Buffer[] = [];
  let before = seed;
  let position = 0;
  function line(): string {
    const end = body.indexOf("\r\n", position);
    if (end < 0 || end - position > 500) throw incomplete();
    const text = body.toString("latin1", position, end);
    position = end + 2;
    return text;
  }
  function prove(kind: "PAYLOAD" | "TRAILER", signature: string, ...digests: string[]): void {
    const told = [`AWS4-HMAC-SHA256-${kind}`, at, scope, before, ...digests].join("\n");
    if (!isSame(hmac(key, told), signature)) throw mismatch();
    before = signature;
  }
  for (;;) {
    const [, hex = "", signature] =
      /^([0-9a-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line()) ?? [];
    const length = Number.parseInt(hex, 16);
    if (!(position + length <= body.length) || (isSigned && !signature)) throw incomplete();
    const piece = body.subarray(position, position + length);
    if (isSigned) prove("PAYLOAD", signature!, sha256(""), sha256(piece));
    position += length;
    if (length === 0) break;
    if (line() !== "") throw incomplete();
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces);
  if (!withTrailer) return { bytes, trailer: null };
  const text = line();
  const colon = text.indexOf(":");
  const trailer = { name: text.slice(0, colon).toLowerCase(), value: text.slice(colon + 1).trim() };
  if (isSigned) {
    const [, signature = ""] = /^x-amz-trailer-signature:([0-9a-f]{64})$/.exec(line()) ?? [];
    prove("TRAILER", signature, sha256(`${trailer.name}:${trailer.value}\n`));
  }
  return { bytes, trailer };
}

const incomplete = () => new VendorError("IncompleteBody", "The request body terminated unexpectedly");

const digest = (name: string) => (bytes: Buffer) => createHash(name).update(bytes).digest("base64");
const crc32Of = (bytes: Buffer) => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(crc32(bytes));
  return four.toString("base64");
};
const checksums: Record<string, (bytes: Buffer) => string> = {
  "content-md5": digest("md5"),
  "x-amz-checksum-crc32": crc32Of,
  "x-amz-checksum-sha1": digest("sha1"),
  "x-amz-checksum-sha256": digest("sha256"),
};

/** Every checksum that was sent holds; one that we can't reckon is refused rather than believed. */
function checked(bytes: Buffer, headers: Headers): Buffer {
  for (const [name, value] of Object.entries(headers)) {
    if (!isChecksum(name)) continue;
    const of = Object.hasOwn(checksums, name) ? checksums[name] : undefined;
    if (!of) throw new VendorError("NotImplemented", `The laptop cloud's S3 has no ${name}`, 501);
    if (of(bytes) !== value)
      throw new VendorError("BadDigest", `The ${name} you specified did not match what we received.`);
  }
  return bytes;
}
const isChecksum = (name: string) =>
  name === "content-md5" || /^x-amz-checksum-(crc32c?|crc64nvme|sha1|sha256)$/.test(name);
/** What Object Lock asks for: that what is locked is what was sent. */
export const hasChecksum = (headers: Headers) =>
  Object.keys(headers).some(isChecksum) || /^x-amz-checksum-/.test(headers["x-amz-trailer"] ?? "");
