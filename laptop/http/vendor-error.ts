import { randomUUID } from "node:crypto";
import type { ApiResponse } from "../wire";

/** A refusal in the vendor's own words: thrown inside an operation, answered at its edge. */
export class VendorError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    readonly members: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = code;
  }
}

export const jsonHeaders = (contentType: string) => ({
  "content-type": contentType,
  "x-amzn-requestid": randomUUID(),
  "cache-control": "no-store",
});

export function errorResponse(error: VendorError, contentType: string): ApiResponse {
  return {
    status: error.status,
    headers: { ...jsonHeaders(contentType), "x-amzn-errortype": error.code },
    body: JSON.stringify({
      __type: error.code,
      message: error.message,
      Message: error.message,
      ...error.members,
    }),
  };
}

export function readJsonBody(body: Uint8Array): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // answered below, as anything else that is no JSON object
  }
  throw new VendorError("SerializationException", "The request body is not a JSON object");
}
