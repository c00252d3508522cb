import { VendorError } from "../http/vendor-error";
import type { Seal, SealedFiles } from "./sealed-files";
import { etagOf, type Given, newName, type Store, type Version } from "./store";

type Part = { number: number; etag: string; size: number; at: number; file: string; sealed: Seal };
type Upload = { id: string; key: string; at: number; given: Given; parts: Part[] };
/** As a client lists them to complete an upload. */
export type Named = { number: number; etag: string };

/** The vendor's, but for `wholeMaxBytes`: a laptop puts an upload together in memory. */
const partMinBytes = 5 * 1024 * 1024;
const wholeMaxBytes = 512 * 1024 * 1024;
const partsMax = 10_000;
/** What nobody completes goes after a day, as a lifecycle rule would have it. */
const keptMs = 86_400_000;

export type Uploads = ReturnType<typeof openUploads>;

/** Multipart uploads. Their parts are encrypted as objects are, and nothing of them is an object before the upload is complete. */
export function openUploads(options: {
  files: SealedFiles;
  store: Store;
  load: unknown;
  save: (uploads: Upload[]) => void;
  now: () => number;
}) {
  const { files, store, now } = options;
  let uploads = (options.load as Upload[] | undefined) ?? [];

  function find(key: string, id: string | null): Upload {
    const found = uploads.find((upload) => upload.id === id && upload.key === key);
    if (!found)
      throw new VendorError(
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
        404,
        { UploadId: id ?? "" },
      );
    return found;
  }
  function drop(gone: Upload[]): void {
    uploads = uploads.filter((upload) => !gone.includes(upload));
    options.save(uploads);
    for (const { file } of gone.flatMap(({ parts }) => parts)) files.remove(file);
  }
  /** The parts that were named, in their order, each as it was sent. */
  function chosen({ parts }: Upload, named: readonly Named[]): Part[] {
    if (named.some(({ number }, at) => at > 0 && number <= named[at - 1]!.number))
      throw new VendorError(
        "InvalidPartOrder",
        "The list of parts was not in ascending order. Parts must be ordered by part number.",
      );
    const found = named.map(({ number, etag }) => {
      const part = parts.find((one) => one.number === number && one.etag === etag);
      if (!part)
        throw new VendorError(
          "InvalidPart",
          "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
          400,
          { PartNumber: number },
        );
      return part;
    });
    const small = found.slice(0, -1).find(({ size }) => size < partMinBytes);
    if (small)
      throw new VendorError(
        "EntityTooSmall",
        "Your proposed upload is smaller than the minimum allowed size",
        400,
        {
          ProposedSize: small.size,
          MinSizeAllowed: partMinBytes,
          PartNumber: small.number,
          ETag: small.etag,
        },
      );
    return found;
  }

  return {
    create(key: string, given: Given): Upload {
      drop(uploads.filter(({ at }) => now() - at > keptMs));
      const upload = { id: newName(), key, at: now(), given, parts: [] };
      uploads.push(upload);
      options.save(uploads);
      return upload;
    },
    /** The same number again replaces what was sent before. */
    put(key: string, id: string | null, number: number, bytes: Buffer): Part {
      const upload = find(key, id);
      if (!Number.isInteger(number) || number < 1 || number > partsMax)
        throw new VendorError(
          "InvalidArgument",
          "Part number must be an integer between 1 and 10000, inclusive",
        );
      const others = upload.parts.filter((part) => part.number !== number);
      if (others.reduce((sum, { size }) => sum + size, bytes.length) > wholeMaxBytes)
        throw new VendorError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
      const file = newName();
      const sealed = files.write(file, key, upload.given.keyId, bytes);
      const part = { number, etag: etagOf(bytes), size: bytes.length, at: now(), file, sealed };
      const before = upload.parts.find((one) => one.number === number);
      upload.parts = [...others, part].sort((a, b) => a.number - b.number);
      options.save(uploads);
      if (before) files.remove(before.file);
      return part;
    },
    parts: (key: string, id: string | null): Part[] => find(key, id).parts,
    complete(key: string, id: string | null, named: readonly Named[]): Version {
      const upload = find(key, id);
      const parts = chosen(upload, named);
      const bytes = Buffer.concat(parts.map(({ file, sealed }) => files.read(file, key, sealed)));
      const etag = `${etagOf(Buffer.from(parts.map((part) => part.etag).join()))}-${parts.length}`;
      const version = store.put(key, bytes, { ...upload.given, etag });
      drop([upload]);
      return version;
    },
    abort(key: string, id: string | null): void {
      drop([find(key, id)]);
    },
  };
}
