import { jsonHeaders, VendorError } from "../http/vendor-error";
import type { ApiRequest, ApiResponse } from "../wire";
import { bareName } from "./functions";
import { eventMaxBytes } from "./limits";
import type { Pool, Ran } from "./pool";

/**
 * `POST /2015-03-31/functions/{FunctionName}/invocations`.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export async function answerInvoke(pool: Pool, request: ApiRequest): Promise<ApiResponse> {
  const named = functionIn(request.path);
  const event = readEvent(request.body);
  if (!pool.knows(named))
    throw new VendorError("ResourceNotFoundException", `Function not found: ${bareName(named)}`, 404);
  const headers = { ...jsonHeaders("application/json"), "x-amz-executed-version": "$LATEST" };
  switch (request.headers["x-amz-invocation-type"] ?? "RequestResponse") {
    case "DryRun":
      return { status: 204, headers };
    case "Event":
      if (request.body.length > eventMaxBytes)
        throw new VendorError(
          "RequestTooLargeException",
          `Request must be smaller than ${eventMaxBytes} bytes for the InvokeFunction operation`,
          413,
        );
      void pool.run(named, event);
      return { status: 202, headers };
    case "RequestResponse":
      return answerOf(await pool.run(named, event), headers);
    default:
      throw new VendorError(
        "InvalidParameterValueException",
        "The invocation type must be RequestResponse, Event or DryRun",
      );
  }
}

function answerOf(ran: Ran, headers: Record<string, string>): ApiResponse {
  if (ran.ok) return { status: 200, headers, body: ran.payload };
  switch (ran.kind) {
    case "unknown":
      throw new VendorError("ResourceNotFoundException", ran.message, 404);
    case "throttled":
      throw new VendorError("TooManyRequestsException", ran.message, 429, {
        Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
      });
    default:
      return {
        status: 200,
        headers: { ...headers, "x-amz-function-error": "Unhandled" },
        body: JSON.stringify(ran.error),
      };
  }
}

function functionIn(path: string): string {
  try {
    return decodeURIComponent(path.split("/")[3] ?? "");
  } catch {
    return ""; // nothing is named so
  }
}

/** An empty event is `{}`, as the vendor has it. */
function readEvent(body: Uint8Array): string {
  if (body.length === 0) return "{}";
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    JSON.parse(text);
    return text;
  } catch {
    throw new VendorError("InvalidRequestContentException", "Could not parse request body into json");
  }
}
