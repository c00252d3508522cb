import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type FunctionError, payloadMaxBytes, tooLarge } from "./limits";

/** What the function asked or told. */
export type RuntimeEvents = {
  /** It waits for an event: `deliver` gives it one, once. */
  next(deliver: (invocation: Invocation) => void): void;
  response(requestId: string, payload: string): boolean;
  error(requestId: string, error: FunctionError): boolean;
  initError(error: FunctionError): void;
};

export type Invocation = { requestId: string; arn: string; deadlineMs: number; event: string };

export type RuntimeApi = { /** host:port */ address: string; close(): void };

const root = "/2018-06-01/runtime";

/**
 * The Lambda Runtime API, version 2018-06-01, for one process: each has one of its own, so that an unmodified runtime finds it where
 * AWS_LAMBDA_RUNTIME_API says. @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function openRuntimeApi(events: RuntimeEvents): Promise<RuntimeApi> {
  const server = createServer((incoming, outgoing) => {
    answer(events, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  await new Promise<void>((listening, refused) => {
    server.once("error", refused);
    server.listen(0, "127.0.0.1", listening);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(events: RuntimeEvents, incoming: IncomingMessage, outgoing: ServerResponse) {
  const asked = `${incoming.method} ${incoming.url}`;
  if (asked === `GET ${root}/invocation/next`) return events.next((given) => deliver(outgoing, given));
  const body = await readBody(incoming);
  if (asked === `POST ${root}/init/error`) {
    events.initError(readError(body));
    return say(outgoing, 202, { status: "OK" });
  }
  const [, requestId = "", what] = /^\/invocation\/([\w-]+)\/(response|error)$/.exec(stepOf(incoming)) ?? [];
  if (incoming.method !== "POST" || !what)
    return say(outgoing, 404, { errorType: "NotFound", errorMessage: "The Runtime API has no such path" });
  if (body === null && what === "response") {
    events.error(requestId, tooLarge);
    return say(outgoing, 413, { errorType: "RequestEntityTooLarge", errorMessage: tooLarge.errorMessage });
  }
  const taken =
    what === "response" ? events.response(requestId, body ?? "") : events.error(requestId, readError(body));
  if (taken) return say(outgoing, 202, { status: "OK" });
  say(outgoing, 400, { errorType: "InvalidRequestID", errorMessage: "Invalid request ID" });
}

const stepOf = ({ url = "" }: IncomingMessage) => (url.startsWith(root) ? url.slice(root.length) : "");

function deliver(outgoing: ServerResponse, { requestId, arn, deadlineMs, event }: Invocation): void {
  outgoing
    .writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": requestId,
      "lambda-runtime-deadline-ms": String(deadlineMs),
      "lambda-runtime-invoked-function-arn": arn,
      "lambda-runtime-trace-id": `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${requestId.replaceAll("-", "").slice(0, 24)};Sampled=0`,
    })
    .end(event);
}

function say(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** Null for one that is larger than an answer may be; it is read to its end, so that the refusal arrives. */
async function readBody(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= payloadMaxBytes) chunks.push(chunk);
  }
  return length > payloadMaxBytes ? null : Buffer.concat(chunks).toString("utf8");
}

function readError(body: string | null): FunctionError {
  try {
    const { errorType, errorMessage, trace } = JSON.parse(body ?? "") as Partial<FunctionError>;
    return {
      errorType: String(errorType ?? "Error"),
      errorMessage: String(errorMessage ?? ""),
      ...(Array.isArray(trace) ? { trace } : {}),
    };
  } catch {
    return { errorType: "Runtime.MalformedError", errorMessage: "The function told its error in no JSON" };
  }
}
