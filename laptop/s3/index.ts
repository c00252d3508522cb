import { randomUUID } from "node:crypto";
import { VendorError } from "../http/vendor-error";
import type { Kms } from "../kms/index";
import type { ApiRequest, ApiResponse } from "../wire";
import { openStore, type Retention, type Store, type Version } from "./store";

/** The one bucket, with Object Lock and SSE-KMS by default. */
export const recordingsBucket = "vouchsafe-recordings";
const recordingsKey = "alias/video-recordings-cmk";

export type S3 = {
  /** Path-style: `/bucket/key`. Refusals are answered as the vendor's XML. */
  handle(operation: string, request: ApiRequest): ApiResponse;
  store: Store;
};

/** Amazon S3, as far as recordings need it. */
export function startS3(options: {
  folder: string;
  load: unknown;
  save: (versions: Version[]) => void;
  kms: Kms;
  now: () => number;
}): S3 {
  const store = openStore({ ...options, bucket: recordingsBucket });
  return {
    store,
    handle(operation, request) {
      const [bucket, key] = addressed(request.path);
      if (bucket !== recordingsBucket)
        throw new VendorError("NoSuchBucket", "The specified bucket does not exist", 404);
      const run = operations[operation];
      if (!run) throw new VendorError("NotImplemented", `The laptop cloud's S3 has no ${operation}`, 501);
      return run(store, key, request);
    },
  };
}

/** By method, and by what the query asks for. @returns null for what is not spoken. */
export function s3Operation(method: string, path: string, query: URLSearchParams): string | null {
  const [, key] = addressed(path);
  if (key === "") {
    if (method !== "GET") return null;
    return query.has("versions") ? "ListObjectVersions" : query.has("list-type") ? "ListObjectsV2" : null;
  }
  const about = query.has("retention") ? "Retention" : "";
  const named: Record<string, string> = {
    GET: `GetObject${about}`,
    PUT: `PutObject${about}`,
    HEAD: "HeadObject",
    DELETE: "DeleteObject",
  };
  return named[method] ?? null;
}

function addressed(path: string): [string, string] {
  try {
    const [, bucket = "", ...rest] = path.split("/").map(decodeURIComponent);
    return [bucket, rest.join("/")];
  } catch {
    throw new VendorError("InvalidURI", "Couldn't parse the specified URI.");
  }
}

type Run = (store: Store, key: string, request: ApiRequest) => ApiResponse;
const operations: Record<string, Run> = {
  PutObject(store, key, { headers, body }) {
    if (headers["content-encoding"]?.includes("aws-chunked"))
      throw new VendorError("NotImplemented", "The laptop cloud's S3 takes a body whole", 501);
    const { "x-amz-server-side-encryption": sse = "aws:kms" } = headers;
    if (sse !== "aws:kms") throw new VendorError("InvalidArgument", "Only aws:kms encrypts this bucket");
    const mode = headers["x-amz-object-lock-mode"];
    const put = store.put(key, Buffer.from(body), {
      contentType: headers["content-type"] ?? "binary/octet-stream",
      keyId: headers["x-amz-server-side-encryption-aws-kms-key-id"] ?? recordingsKey,
      retention: mode ? readRetention(mode, headers["x-amz-object-lock-retain-until-date"]) : null,
    });
    return { status: 200, headers: about(put) };
  },
  GetObject(store, key, { query, headers }) {
    const version = store.find(key, query.get("versionId"));
    const bytes = store.read(version);
    const range = readRange(headers.range, bytes.length);
    const common = { ...about(version), ...typed(version), "accept-ranges": "bytes" };
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
  HeadObject(store, key, { query }) {
    const version = store.find(key, query.get("versionId"));
    return {
      status: 200,
      headers: { ...about(version), ...typed(version), "content-length": String(version.size) },
    };
  },
  DeleteObject(store, key, { query }) {
    const versionId = query.get("versionId");
    const gone = store.remove(key, versionId);
    return {
      status: 204,
      headers: { "x-amz-version-id": gone, ...(versionId ? {} : { "x-amz-delete-marker": "true" }) },
    };
  },
  GetObjectRetention(store, key, { query }) {
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
  PutObjectRetention(store, key, { query, body }) {
    const text = Buffer.from(body).toString("utf8");
    const told = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
    store.retain(
      store.find(key, query.get("versionId")),
      readRetention(told("Mode"), told("RetainUntilDate")),
    );
    return { status: 200, headers: {} };
  },
  ListObjectsV2(store, _, { query }) {
    const [found, more] = page(store.list(query.get("prefix") ?? "", false), query);
    return xml(
      `<ListBucketResult><Name>${recordingsBucket}</Name><KeyCount>${found.length}</KeyCount><IsTruncated>${more}</IsTruncated>${found
        .map((version) => `<Contents>${described(version)}</Contents>`)
        .join("")}</ListBucketResult>`,
    );
  },
  ListObjectVersions(store, _, { query }) {
    const [found, more] = page(store.list(query.get("prefix") ?? "", true), query);
    const items = found.map((version) => {
      const name = version.sealed ? "Version" : "DeleteMarker";
      return `<${name}>${described(version)}<VersionId>${version.versionId}</VersionId><IsLatest>${store.isNewest(version)}</IsLatest></${name}>`;
    });
    return xml(
      `<ListVersionsResult><Name>${recordingsBucket}</Name><IsTruncated>${more}</IsTruncated>${items.join("")}</ListVersionsResult>`,
    );
  },
};

function readRetention(mode: string | undefined, until: string | undefined): Retention {
  const time = Date.parse(until ?? "");
  if ((mode !== "GOVERNANCE" && mode !== "COMPLIANCE") || Number.isNaN(time))
    throw new VendorError("MalformedXML", "The XML you provided was not well-formed");
  return { mode, until: time };
}

/** RFC 9110: one range; anything else is answered whole. */
function readRange(header: string | undefined, size: number): { from: number; to: number } | null {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!found || (found[1] === "" && found[2] === "")) return null;
  const from = found[1] === "" ? Math.max(0, size - Number(found[2])) : Number(found[1]);
  const to = found[1] === "" || found[2] === "" ? size - 1 : Math.min(size - 1, Number(found[2]));
  if (from > to) throw new VendorError("InvalidRange", "The requested range is not satisfiable", 416);
  return { from, to };
}

/** The first so many: nobody here has more of one prefix than a page. */
function page(found: Version[], query: URLSearchParams): [Version[], boolean] {
  const size = Math.min(1_000, Math.max(1, Number(query.get("max-keys") ?? 1_000) || 1_000));
  return [found.slice(0, size), found.length > size];
}

const typed = ({ contentType, at }: Version) => ({
  "content-type": contentType,
  "last-modified": new Date(at).toUTCString(),
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

const escaped = (text: string) => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const described = ({ key, at, etag, size }: Version) =>
  `<Key>${escaped(key)}</Key><LastModified>${new Date(at).toISOString()}</LastModified><ETag>&quot;${etag}&quot;</ETag><Size>${size}</Size>`;

function xml(body: string, status = 200): ApiResponse {
  const headers = { "content-type": "application/xml", "x-amz-request-id": randomUUID() };
  return { status, headers, body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` };
}

/** A refusal as S3's SDKs read it. */
export function s3Error({ code, message, status }: VendorError): ApiResponse {
  return xml(`<Error><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error>`, status);
}
