import { randomUUID } from "node:crypto";
import type { AudioLine } from "../chime/line";
import { errorResponse, jsonHeaders, readJsonBody, VendorError } from "../http/vendor-error";
import type { ApiRequest, ApiResponse } from "../wire";
import { readSipHeaders } from "./application/headers";
import { type Leg, type LegEnd, lineLeg, telephoneLeg } from "./application/leg";
import type { Invoke } from "./application/telling";
import { type Dial, startTransaction, type Transaction } from "./application/transaction";
import { openRtpSession } from "./media/rtp-session";
import { openSipAgent, type SipAgent } from "./sip/agent";
import type { Trunk } from "./sip/transport";

const contentType = "application/json";
const transactionsMax = 200;
const argumentsMax = 20;

export type VoiceSettings = {
  /** The one SIP media application there is. */
  applicationId: string;
  /** The function that it asks. */
  functionArn: string;
  voiceConnectorArn: string;
  region: string;
  /** Where calls go out; null: nowhere, and dialling fails. */
  trunk: Trunk | null;
  /** The address of this machine that the trunk reaches. */
  host: string;
};

/** Amazon Chime SDK Voice: what of it a call from a meeting to a telephone needs. */
export type Voice = {
  /** `operation` as `route` named it. Throws `VendorError`. */
  handle(operation: string, request: ApiRequest): ApiResponse;
  calls(): Array<{ transactionId: string; participants: ReturnType<Transaction["participants"]> }>;
  /** Everybody is hung up on. */
  close(): void;
};

/** @throws when there is a trunk and no port for it. */
export async function startVoice(options: {
  settings: VoiceSettings;
  openLine: (meetingId: string, who: { joinToken: string }) => Promise<AudioLine>;
  invoke: Invoke;
  now?: () => number;
  log: (line: object) => void;
}): Promise<Voice> {
  const { settings, log } = options;
  const { trunk, host } = settings;
  const agent = trunk ? await openSipAgent({ trunk, host, log }) : null;
  const transactions = new Map<string, Transaction>();
  const dial = dialler({ agent, secure: trunk?.transport === "tls", host, openLine: options.openLine, log });

  function create(input: Record<string, unknown>): Record<string, unknown> {
    const { FromPhoneNumber: from, ToPhoneNumber: to } = input;
    if (!isNumber(from) || !isNumber(to))
      throw badRequest("FromPhoneNumber and ToPhoneNumber are E.164 numbers");
    const headers = readSipHeaders(input.SipHeaders);
    if (typeof headers === "string") throw badRequest(headers);
    const args = readArguments(input.ArgumentsMap, "ArgumentsMap");
    if (transactions.size >= transactionsMax)
      throw new VendorError("ResourceLimitExceededException", "Too many calls are under way", 400, {
        Code: "ResourceLimitExceeded",
      });
    const id = randomUUID();
    transactions.set(
      id,
      startTransaction(
        { ...settings, id, from, to, headers, arguments: args },
        {
          invoke: options.invoke,
          dial,
          now: options.now ?? Date.now,
          log,
          onOver: () => transactions.delete(id),
        },
      ),
    );
    return { SipMediaApplicationCall: { TransactionId: id } };
  }

  function update(transactionId: string, input: Record<string, unknown>): Record<string, unknown> {
    const transaction = transactions.get(transactionId);
    if (!transaction) throw notFound("There is no such call, or it is over");
    transaction.update(readArguments(input.Arguments, "Arguments"));
    return { SipMediaApplicationCall: { TransactionId: transactionId } };
  }

  const describe = () => ({
    SipMediaApplication: {
      SipMediaApplicationId: settings.applicationId,
      AwsRegion: settings.region,
      Name: "sip-bridge",
      Endpoints: [{ LambdaArn: settings.functionArn }],
    },
  });

  return {
    handle(operation, { path, body }) {
      const [, , applicationId = "", , transactionId = ""] = path.split("/");
      const answer = (status: number, value: object): ApiResponse => ({
        status,
        headers: jsonHeaders(contentType),
        body: JSON.stringify(value),
      });
      if (applicationId !== settings.applicationId)
        return errorResponse(notFound("There is no such SIP media application"), contentType);
      if (operation === "CreateSipMediaApplicationCall") return answer(201, create(readJsonBody(body)));
      if (operation === "UpdateSipMediaApplicationCall")
        return answer(202, update(transactionId, readJsonBody(body)));
      return answer(200, describe());
    },
    calls: () =>
      [...transactions].map(([transactionId, one]) => ({ transactionId, participants: one.participants() })),
    close() {
      for (const transaction of [...transactions.values()]) transaction.end();
      agent?.close();
    },
  };
}

/** Brings legs up: into a meeting by a line, to a telephone by the trunk. */
function dialler(options: {
  agent: SipAgent | null;
  secure: boolean;
  host: string;
  openLine: (meetingId: string, who: { joinToken: string }) => Promise<AudioLine>;
  log: (line: object) => void;
}): Dial {
  const { agent, host } = options;

  async function join(request: Parameters<Dial>[0]): Promise<Leg | LegEnd> {
    const header = (name: string) =>
      Object.entries(request.headers).find(([known]) => known.toLowerCase() === name)?.[1] ?? "";
    const joinToken = header("x-chime-join-token");
    try {
      const line = await options.openLine(header("x-chime-meeting-id"), { joinToken });
      line.onEnd(() => request.onEnd({ status: 0, reason: "The meeting is over" }));
      return lineLeg(line);
    } catch (error) {
      if (error instanceof VendorError) return { status: error.status, reason: error.message };
      throw error;
    }
  }

  async function ring(request: Parameters<Dial>[0], stop: AbortSignal): Promise<Leg | LegEnd> {
    if (!agent) return { status: 0, reason: "There is no trunk" };
    const media = await openRtpSession({ host, secure: options.secure });
    return new Promise((settled) => {
      const call = agent.call({
        ...request,
        media,
        mediaHost: host,
        onAnswered: () => call && settled(telephoneLeg(call, media)),
        onEnded({ status, reason }) {
          media.close();
          settled({ status: status ?? 0, reason });
          request.onEnd({ status: status ?? 0, reason });
        },
      });
      if (call) stop.addEventListener("abort", call.hangUp);
      if (call && stop.aborted) call.hangUp();
      if (!call) {
        media.close();
        settled({ status: 503, reason: "Too many calls" });
      }
    });
  }

  return (request) => {
    const stop = new AbortController();
    if (request.kind === "meeting") queueMicrotask(() => request.onRinging());
    const leg = request.kind === "meeting" ? join(request) : ring(request, stop.signal);
    leg.then(
      (up) => {
        if (!("write" in up)) request.onEnd(up);
        else if (stop.signal.aborted) up.hangUp();
        else request.onUp(up);
      },
      (error: unknown) => {
        options.log({
          level: "error",
          voice: "dial",
          fault: error instanceof Error ? error.stack : String(error),
        });
        request.onEnd({ status: 500, reason: "An internal error occurred" });
      },
    );
    return { cancel: () => stop.abort() };
  };
}

const isNumber = (value: unknown): value is string =>
  typeof value === "string" && /^\+?[1-9]\d{1,14}$/.test(value);

function readArguments(value: unknown, name: string): Record<string, string> {
  if (value === undefined || value === null) return {};
  const isMap = typeof value === "object" && !Array.isArray(value);
  if (
    !isMap ||
    Object.values(value).some((one) => typeof one !== "string") ||
    Object.keys(value).length > argumentsMax
  )
    throw badRequest(`${name} takes up to ${argumentsMax} names with texts`);
  return value as Record<string, string>;
}

const badRequest = (message: string) =>
  new VendorError("BadRequestException", message, 400, { Code: "BadRequest" });
const notFound = (message: string) =>
  new VendorError("NotFoundException", message, 404, { Code: "NotFound" });
