import { randomUUID } from "node:crypto";
import type { VendorError } from "../http/vendor-error";
import type { ApiResponse } from "../wire";

export const escaped = (text: string) => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

export function xml(body: string, status = 200, headers: Record<string, string> = {}): ApiResponse {
  return {
    status,
    headers: { "content-type": "application/xml", "x-amz-request-id": randomUUID(), ...headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}

/** A refusal as S3's SDKs read it. */
export function s3Error({ code, message, status, members }: VendorError): ApiResponse {
  const requestId = randomUUID();
  const told = Object.entries({ Code: code, Message: message, ...members, RequestId: requestId });
  const inside = told.map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`).join("");
  return xml(`<Error>${inside}</Error>`, status, { "x-amz-request-id": requestId });
}
