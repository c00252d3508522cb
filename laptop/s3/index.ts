import { VendorError } from "../http/vendor-error";
import type { Kms } from "../kms/index";
import { readPayload } from "../signature/payload";
import { verifySignature } from "../signature/verify";
import type { ApiRequest, ApiResponse } from "../wire";
import { addressed } from "./address";
import { operations } from "./operations";
import { openSealedFiles } from "./sealed-files";
import { openStore, type Store } from "./store";
import { openUploads } from "./uploads";

/** The one bucket, with Object Lock and SSE-KMS by default. */
export const recordingsBucket = "vouchsafe-recordings";
const recordingsKey = "alias/video-recordings-cmk";
/** The one key pair that is let in. It may do everything, so also lift what governance holds. */
const keys = [{ id: "laptop", secret: "laptop" }];

type Kept = { load: unknown; save: (state: unknown) => void };
export type S3 = {
  /** Path-style: `/bucket/key`. Only what is signed (SigV4) is let in. Throws `VendorError`; `s3Error` tells it as the vendor's XML. */
  handle(operation: string, request: ApiRequest): ApiResponse;
  /** For services of this cloud, which sign nothing. */
  store: Store;
};

/** Amazon S3, as far as recordings need it. */
export function startS3(options: {
  folder: string;
  versions: Kept;
  uploads: Kept;
  kms: Kms;
  region: string;
  now: () => number;
}): S3 {
  const { kms, now, region } = options;
  const files = openSealedFiles({ folder: options.folder, bucket: recordingsBucket, kms });
  const store = openStore({ ...options.versions, files, now });
  const uploads = openUploads({ ...options.uploads, files, store, now });
  /** However the bucket's own key is named. */
  function isOwnKey(named: string): boolean {
    const { KeyMetadata } = kms.handle("DescribeKey", { KeyId: recordingsKey }) as {
      KeyMetadata: { KeyId: string; Arn: string };
    };
    const aliasArn = `${KeyMetadata.Arn.split(":").slice(0, 5).join(":")}:${recordingsKey}`;
    return [recordingsKey, aliasArn, KeyMetadata.KeyId, KeyMetadata.Arn].includes(named);
  }
  const here = {
    store,
    uploads,
    now,
    defaultKey: recordingsKey,
    isOwnKey,
  };
  return {
    store,
    handle(operation, request) {
      const signed = verifySignature(request, { keys, region, now });
      const headers = { ...hoisted(request.query), ...request.headers };
      const body = readPayload(Buffer.from(request.body), headers, signed);
      const [bucket, key] = addressed(request.path);
      if (bucket !== recordingsBucket)
        throw new VendorError("NoSuchBucket", "The specified bucket does not exist", 404, {
          BucketName: bucket,
        });
      const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!run) throw new VendorError("NotImplemented", `The laptop cloud's S3 has no ${operation}`, 501);
      return run(here, { bucket, key, headers, query: request.query, body });
    },
  };
}

/** In an address that was signed beforehand, headers stand among the query. */
const hoisted = (query: URLSearchParams) =>
  Object.fromEntries(
    [...query].filter(([name]) => /^x-amz-/i.test(name)).map(([name, value]) => [name.toLowerCase(), value]),
  );
