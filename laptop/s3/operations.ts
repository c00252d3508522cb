import { VendorError } from "../http/vendor-error";
import { hasChecksum } from "../signature/payload";
import type { ApiResponse } from "../wire";
import type { Given, Retention, Store, Version } from "./store";
import type { Named, Uploads } from "./uploads";
import { escaped, xml } from "./xml";

/** What a request asks, its signature and its body having been checked. Header names in lower case. */
type Asked = {
  bucket: string;
  key: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
};
type Bucket = {
  store: Store;
  uploads: Uploads;
  /** Alias, id or ARN of the key that encrypts by default. */
  defaultKey: string;
  /** Whether this is the bucket's own key, however it is named. */
  isOwnKey(keyId: string): boolean;
  now: () => number;
};
type Run = (bucket: Bucket, asked: Asked) => ApiResponse;

export const operations: Record<string, Run> = {
  PutObject(bucket, asked) {
    if (asked.headers["x-amz-copy-source"])
      throw new VendorError("NotImplemented", "The laptop cloud's S3 copies nothing", 501);
    return { status: 200, headers: about(bucket.store.put(asked.key, asked.body, givenIn(bucket, asked))) };
  },
  GetObject({ store }, { key, query, headers }) {
    const version = store.find(key, query.get("versionId"));
    const range = readRange(headers.range, version.size);
    const bytes = store.read(version);
    const common = { ...about(version), ...typed(version) };
    if (!range)
      return { status: 200, headers: { ...common, "content-length": String(bytes.length) }, body: bytes };
    return {
      status: 206,
      headers: {
        ...common,
        "content-length": String(range.to - range.from + 1),
        "content-range": `bytes ${range.from}-${range.to}/${bytes.length}`,
      },
      body: bytes.subarray(range.from, range.to + 1),
    };
  },
  HeadObject({ store }, { key, query }) {
    const version = store.find(key, query.get("versionId"));
    return {
      status: 200,
      headers: { ...about(version), ...typed(version), "content-length": String(version.size) },
    };
  },
  DeleteObject({ store }, asked) {
    const { versionId, isMark } = store.remove(asked.key, asked.query.get("versionId"), bypasses(asked));
    return {
      status: 204,
      headers: { "x-amz-version-id": versionId, ...(isMark && { "x-amz-delete-marker": "true" }) },
    };
  },
  GetObjectRetention({ store }, { key, query }) {
    const { retention } = store.find(key, query.get("versionId"));
    if (!retention)
      throw new VendorError(
        "NoSuchObjectLockConfiguration",
        "The specified object does not have a ObjectLock configuration",
        404,
      );
    const until = new Date(retention.until).toISOString();
    return xml(
      `<Retention><Mode>${retention.mode}</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`,
    );
  },
  PutObjectRetention({ store, now }, asked) {
    if (!hasChecksum(asked.headers)) throw withoutChecksum();
    const text = asked.body.toString("utf8");
    const retention = readRetention(told(text, "Mode"), told(text, "RetainUntilDate"), now());
    store.retain(store.find(asked.key, asked.query.get("versionId")), retention, bypasses(asked));
    return { status: 200, headers: {} };
  },
  ListObjectsV2({ store }, { bucket, query }) {
    const [found, more] = page(store.list(query.get("prefix") ?? "", false), query);
    return xml(
      `<ListBucketResult><Name>${bucket}</Name><KeyCount>${found.length}</KeyCount><IsTruncated>${more}</IsTruncated>${found
        .map((version) => `<Contents>${described(version)}</Contents>`)
        .join("")}</ListBucketResult>`,
    );
  },
  ListObjectVersions({ store }, { bucket, query }) {
    const [found, more] = page(store.list(query.get("prefix") ?? "", true), query);
    const items = found.map((version) => {
      const name = version.sealed ? "Version" : "DeleteMarker";
      return `<${name}>${described(version)}<VersionId>${version.versionId}</VersionId><IsLatest>${store.isNewest(version)}</IsLatest></${name}>`;
    });
    return xml(
      `<ListVersionsResult><Name>${bucket}</Name><IsTruncated>${more}</IsTruncated>${items.join("")}</ListVersionsResult>`,
    );
  },
  CreateMultipartUpload(bucket, asked) {
    const { id } = bucket.uploads.create(asked.key, givenIn(bucket, asked));
    return xml(
      `<InitiateMultipartUploadResult>${whereOf(asked)}<UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  },
  UploadPart({ uploads }, { key, query, body }) {
    const part = uploads.put(key, query.get("uploadId"), Number(query.get("partNumber")), body);
    return { status: 200, headers: { etag: `"${part.etag}"`, "x-amz-server-side-encryption": "aws:kms" } };
  },
  ListParts({ uploads }, asked) {
    const id = asked.query.get("uploadId");
    const parts = uploads
      .parts(asked.key, id)
      .map(
        ({ number, etag, size, at }) =>
          `<Part><PartNumber>${number}</PartNumber><LastModified>${new Date(at).toISOString()}</LastModified><ETag>&quot;${etag}&quot;</ETag><Size>${size}</Size></Part>`,
      );
    return xml(
      `<ListPartsResult>${whereOf(asked)}<UploadId>${escaped(id ?? "")}</UploadId><IsTruncated>false</IsTruncated>${parts.join("")}</ListPartsResult>`,
    );
  },
  CompleteMultipartUpload({ uploads }, asked) {
    const version = uploads.complete(asked.key, asked.query.get("uploadId"), readParts(asked.body));
    return xml(
      `<CompleteMultipartUploadResult>${whereOf(asked)}<ETag>&quot;${version.etag}&quot;</ETag></CompleteMultipartUploadResult>`,
      200,
      about(version),
    );
  },
  AbortMultipartUpload({ uploads }, { key, query }) {
    uploads.abort(key, query.get("uploadId"));
    return { status: 204, headers: {} };
  },
};

/** The bucket's policy: what says how it wants to be encrypted says SSE-KMS with the bucket's own key; what says nothing is so by default. */
function givenIn({ isOwnKey, defaultKey, now }: Bucket, { headers }: Asked): Given {
  const sse = headers["x-amz-server-side-encryption"];
  const keyId = headers["x-amz-server-side-encryption-aws-kms-key-id"];
  if (sse === undefined && keyId !== undefined)
    throw new VendorError(
      "InvalidArgument",
      "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
    );
  if ((sse !== undefined && sse !== "aws:kms") || (keyId !== undefined && !isOwnKey(keyId)))
    throw new VendorError(
      "AccessDenied",
      "Access Denied with an explicit deny in a resource-based policy",
      403,
    );
  if (Object.keys(headers).some((name) => name.startsWith("x-amz-server-side-encryption-customer-")))
    throw new VendorError(
      "AccessDenied",
      "Access Denied with an explicit deny in a resource-based policy",
      403,
    );
  const mode = headers["x-amz-object-lock-mode"];
  const until = headers["x-amz-object-lock-retain-until-date"];
  if ((mode === undefined) !== (until === undefined))
    throw new VendorError(
      "InvalidArgument",
      "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
    );
  if (mode && !hasChecksum(headers)) throw withoutChecksum();
  return {
    contentType: headers["content-type"] ?? "binary/octet-stream",
    keyId: keyId ?? defaultKey,
    retention: mode ? readRetention(mode, until, now()) : null,
  };
}

function readRetention(mode: string | undefined, until: string | undefined, now: number): Retention {
  const time = Date.parse(until ?? "");
  if ((mode !== "GOVERNANCE" && mode !== "COMPLIANCE") || Number.isNaN(time)) throw malformedXml();
  if (time <= now) throw new VendorError("InvalidArgument", "The retain until date must be in the future!");
  return { mode, until: time };
}

const told = (text: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];

function readParts(body: Buffer): Named[] {
  const parts = [...body.toString("utf8").matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, inside = ""]) => ({
    number: Number(told(inside, "PartNumber")),
    etag: (told(inside, "ETag") ?? "").replace(/&quot;|&#34;|"/g, ""),
  }));
  if (parts.length === 0 || parts.some(({ number, etag }) => !Number.isInteger(number) || !etag))
    throw malformedXml();
  return parts;
}

/** RFC 9110: one range; anything else is answered whole. */
function readRange(header: string | undefined, size: number): { from: number; to: number } | null {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!found || (found[1] === "" && found[2] === "")) return null;
  const from = found[1] === "" ? Math.max(0, size - Number(found[2])) : Number(found[1]);
  const to = found[1] === "" || found[2] === "" ? size - 1 : Math.min(size - 1, Number(found[2]));
  if (found[1] !== "" && found[2] !== "" && from > Number(found[2])) return null;
  if (from > to)
    throw new VendorError("InvalidRange", "The requested range is not satisfiable", 416, {
      RangeRequested: header,
      ActualObjectSize: size,
    });
  return { from, to };
}

/** The first so many: nobody here has more of one prefix than a page. */
function page(found: Version[], query: URLSearchParams): [Version[], boolean] {
  const size = Math.min(1_000, Math.max(1, Number(query.get("max-keys") ?? 1_000) || 1_000));
  return [found.slice(0, size), found.length > size];
}

const bypasses = ({ headers }: Asked) =>
  headers["x-amz-bypass-governance-retention"]?.toLowerCase() === "true";
const malformedXml = () =>
  new VendorError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
const withoutChecksum = () =>
  new VendorError(
    "InvalidRequest",
    "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters",
  );

const typed = ({ contentType, at }: Version) => ({
  "content-type": contentType,
  "last-modified": new Date(at).toUTCString(),
  "accept-ranges": "bytes",
});
const about = ({ etag, versionId, sealed, retention }: Version) => ({
  etag: `"${etag}"`,
  "x-amz-version-id": versionId,
  "x-amz-server-side-encryption": "aws:kms",
  "x-amz-server-side-encryption-aws-kms-key-id": sealed?.keyArn ?? "",
  ...(retention && {
    "x-amz-object-lock-mode": retention.mode,
    "x-amz-object-lock-retain-until-date": new Date(retention.until).toISOString(),
  }),
});
const whereOf = ({ bucket, key }: Asked) => `<Bucket>${bucket}</Bucket><Key>${escaped(key)}</Key>`;
const described = ({ key, at, etag, size }: Version) =>
  `<Key>${escaped(key)}</Key><LastModified>${new Date(at).toISOString()}</LastModified><ETag>&quot;${etag}&quot;</ETag><Size>${size}</Size>`;
