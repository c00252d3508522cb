import {
  ChimeSDKVoiceClient,
  CreateSipMediaApplicationCallCommand,
  UpdateSipMediaApplicationCallCommand,
} from "@aws-sdk/client-chime-sdk-voice";
import type { Env } from "@/lib/env";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { CloudRefusal } from "@/lib/ports/meetings";
import type { SipBridge } from "@/lib/ports/sip-bridge";
import { type CloudEnv, clientOptions, withinDeadline } from "./client-options";
import { cloudRefusal, errorName } from "./cloud-errors";

/** The vendor's number for "into a meeting": the headers say which, and as whom. */
const meetingNumber = "+17035550122";

const refused = new Set([
  "BadRequestException",
  "NotFoundException",
  "ForbiddenException",
  "AccessDeniedException",
]);

type BridgeEnv = CloudEnv &
  Pick<
    Env,
    "SIP_MEDIA_APPLICATION_ID" | "VOICE_CONNECTOR_ARN" | "SUPPORT_SIP_NUMBER" | "SUPPORT_SIP_CALLER_NUMBER"
  >;

/** Amazon Chime SDK Voice: a SIP media application whose function is `runtimes/lambda/sip-bridge.ts`. */
export function chimeSipBridge({ env }: { env: BridgeEnv }): SipBridge {
  // One try: a call that was repeated would ring twice.
  const voice = new ChimeSDKVoiceClient({ ...clientOptions(env), maxAttempts: 1 });
  const SipMediaApplicationId = env.SIP_MEDIA_APPLICATION_ID;

  async function update(
    TransactionId: string,
    Arguments: Record<string, string>,
  ): Promise<Result<void, CloudRefusal | { code: "BRIDGE_ENDED" }>> {
    try {
      await voice.send(
        new UpdateSipMediaApplicationCallCommand({ SipMediaApplicationId, TransactionId, Arguments }),
        withinDeadline(),
      );
      return ok(undefined);
    } catch (thrown) {
      return errorName(thrown) === "NotFoundException" ? err({ code: "BRIDGE_ENDED" }) : cloudRefusal(thrown);
    }
  }

  return {
    async start({ meetingId, joinToken, callerContext }) {
      try {
        const answer = await voice.send(
          new CreateSipMediaApplicationCallCommand({
            SipMediaApplicationId,
            FromPhoneNumber: env.SUPPORT_SIP_CALLER_NUMBER,
            ToPhoneNumber: meetingNumber,
            SipHeaders: { "X-chime-meeting-id": meetingId, "X-chime-join-token": joinToken },
            // Headers do not reach the function; these do.
            ArgumentsMap: {
              meetingId,
              callerContext,
              voiceConnectorArn: env.VOICE_CONNECTOR_ARN,
              toNumber: env.SUPPORT_SIP_NUMBER,
              callerId: env.SUPPORT_SIP_CALLER_NUMBER,
            },
          }),
          withinDeadline(),
        );
        const transactionId = answer.SipMediaApplicationCall?.TransactionId;
        if (!transactionId) throw new Error("Chime answered without a transaction");
        return ok({ transactionId });
      } catch (thrown) {
        if (refused.has(errorName(thrown))) return err({ code: "BRIDGE_REFUSED", reason: errorName(thrown) });
        return cloudRefusal(thrown);
      }
    },
    pressKeys: (transactionId, keys) => update(transactionId, { keys }),
    async hangUp(transactionId) {
      const told = await update(transactionId, { hangUp: "yes" });
      if (told.ok || told.error.code === "BRIDGE_ENDED") return ok(undefined);
      return err(told.error);
    },
  };
}
