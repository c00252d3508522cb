import type { Cloud } from "./cloud";
import type { Service } from "./faults";
import { errorResponse, jsonHeaders, readJsonBody, VendorError } from "./http/vendor-error";
import type { Message } from "./messages/inbox";
import { tellFate } from "./messages/receipts";
import { sendEmail } from "./messages/send-email";
import { sendTextMessage } from "./messages/send-text-message";
import { route } from "./route";
import { s3Error } from "./s3/xml";
import type { ApiRequest, ApiResponse } from "./wire";

const contentTypes: Record<Service, string> = {
  kms: "application/x-amz-json-1.1",
  cognito: "application/x-amz-json-1.1",
  sms: "application/x-amz-json-1.0",
  ses: "application/json",
  connect: "application/json",
  chime: "application/json",
  lambda: "application/json",
  voice: "application/json",
  s3: "application/xml",
  pipelines: "application/json",
};

/** Answers a call of a cloud API, in the vendor's shapes and with its refusals. @returns null for what is no API's. */
export async function answerApi(
  cloud: Cloud,
  request: ApiRequest,
  log: (line: object) => void,
): Promise<ApiResponse | null> {
  const known = cloud.cognito.wellKnown(request) ?? cloud.sns.handle(request);
  if (known) return known;
  const routed = route(request);
  if (!routed) return null;
  const { service, operation } = routed;
  const contentType = contentTypes[service];
  try {
    if (operation === null)
      throw new VendorError(
        "UnknownOperationException",
        `The laptop cloud has no ${request.method} ${request.path} in ${service}`,
        404,
      );
    await cloud.faults.apply(service, operation);
    if (service === "chime") return await cloud.chime.handle(request);
    if (service === "lambda") return await cloud.lambda.handle(request);
    if (service === "voice") return cloud.voice.handle(operation, request);
    if (service === "s3") return cloud.s3.handle(operation, request);
    if (service === "pipelines") return cloud.pipelines.handle(operation, request);
    if (service === "cognito") return await cloud.cognito.handle(request);
    const answer = await run(cloud, service, operation, request);
    return { status: 200, headers: jsonHeaders(contentType), body: JSON.stringify(answer) };
  } catch (cause) {
    if (cause instanceof VendorError)
      return service === "s3" ? s3Error(cause) : errorResponse(cause, contentType);
    log({ level: "error", service, operation, fault: cause instanceof Error ? cause.stack : String(cause) });
    return errorResponse(new VendorError("InternalFailure", "An internal error occurred", 500), contentType);
  }
}

async function run(
  { kms, inbox, optedOut, connect, faults, sns }: Cloud,
  service: "kms" | "ses" | "sms" | "connect",
  operation: string,
  request: ApiRequest,
): Promise<Record<string, unknown>> {
  const input = () => readJsonBody(request.body);
  const sent = (message: Message, messageId: string) => tellFate(sns, message, messageId);
  switch (service) {
    case "kms":
      return kms.handle(operation, input());
    case "connect":
      return connect.handle(operation, request, input);
    case "ses":
      return sendEmail({ inbox, drops: faults.drops("ses"), bounces: faults.bounces("ses"), sent }, input());
    case "sms":
      if (operation !== "SendTextMessage")
        throw new VendorError("UnknownOperationException", `The laptop cloud's SMS has no ${operation}`);
      return sendTextMessage(
        { inbox, optedOut, drops: faults.drops("sms"), bounces: faults.bounces("sms"), sent },
        input(),
      );
  }
}
