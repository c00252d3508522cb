import {
  ConflictException,
  PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { Env } from "@/lib/env";
import { err, ok } from "@/lib/kernel/result";
import type { Texter } from "@/lib/ports/texter";
import { clientOptions, withinDeadline } from "./client-options";
import { cloudRefusal, errorName } from "./cloud-errors";

const rejected = new Set([
  "ValidationException",
  "ConflictException",
  "ResourceNotFoundException",
  "ServiceQuotaExceededException",
]);

/** AWS End User Messaging (`pinpoint-sms-voice-v2`). */
export function endUserTexter({ env }: { env: Env }): Texter {
  const sms = new PinpointSMSVoiceV2Client(clientOptions(env));

  return {
    async send({ key, to, body }) {
      try {
        const answer = await sms.send(
          new SendTextMessageCommand({
            DestinationPhoneNumber: to,
            OriginationIdentity: env.CONNECT_SMS_NUMBER,
            MessageBody: body,
            MessageType: "TRANSACTIONAL",
            ConfigurationSetName: env.SMS_CONFIGURATION_SET,
            Context: { outbox: key },
          }),
          withinDeadline(),
        );
        return ok({ messageId: answer.MessageId ?? key });
      } catch (thrown) {
        if (thrown instanceof ConflictException && thrown.Reason === "DESTINATION_PHONE_NUMBER_OPTED_OUT")
          return err({ code: "TEXTER_OPTED_OUT" });
        if (rejected.has(errorName(thrown)))
          return err({ code: "TEXTER_REJECTED", reason: errorName(thrown) });
        const { error } = cloudRefusal(thrown);
        return err({
          code: error.code === "CLOUD_THROTTLED" ? "TEXTER_THROTTLED" : "TEXTER_UNAVAILABLE",
          retryAfterMs: error.retryAfterMs,
        });
      }
    },
  };
}
