import { VendorError } from "../http/vendor-error";

/** Path-style: `/bucket/key`. */
export function addressed(path: string): [bucket: string, key: string] {
  try {
    const [, bucket = "", ...rest] = path.split("/").map(decodeURIComponent);
    return [bucket, rest.join("/")];
  } catch {
    throw new VendorError("InvalidURI", "Couldn't parse the specified URI.");
  }
}

/** What the query asks for beside an object itself; the last are not spoken, and must not be taken for the object. */
const about =
  /^(retention|uploads|uploadId|acl|tagging|legal-hold|attributes|torrent|restore|select|renameObject)$/;
const ofObject: Record<string, string> = {
  GET: "GetObject",
  PUT: "PutObject",
  HEAD: "HeadObject",
  DELETE: "DeleteObject",
  "GET retention": "GetObjectRetention",
  "PUT retention": "PutObjectRetention",
  "POST uploads": "CreateMultipartUpload",
  "PUT uploadId": "UploadPart",
  "GET uploadId": "ListParts",
  "POST uploadId": "CompleteMultipartUpload",
  "DELETE uploadId": "AbortMultipartUpload",
};

/** By method, and by what the query asks for. @returns a name that nothing is called by for what is not spoken. */
export function s3Operation(method: string, path: string, query: URLSearchParams): string {
  const unspoken = `${method} of that`;
  const slash = path.indexOf("/", 1);
  if (slash < 0 || slash === path.length - 1) {
    if (method !== "GET") return unspoken;
    return query.has("versions") ? "ListObjectVersions" : query.has("list-type") ? "ListObjectsV2" : unspoken;
  }
  const asked = [...query.keys()].find((name) => about.test(name));
  return ofObject[asked ? `${method} ${asked}` : method] ?? unspoken;
}
