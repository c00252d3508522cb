import {
  ChimeSDKMeetingsClient,
  StartMeetingTranscriptionCommand,
  StopMeetingTranscriptionCommand,
} from "@aws-sdk/client-chime-sdk-meetings";
import type { Env } from "@/lib/env";
import { err, ok } from "@/lib/kernel/result";
import type { SpokenLanguage, Transcriber } from "@/lib/ports/transcriber";
import { clientOptions, withinDeadline } from "./client-options";
import { cloudRefusal, errorName } from "./cloud-errors";

const spoken = { en: "en-US", es: "es-US" } as const satisfies Record<SpokenLanguage, string>;

/** Amazon Chime SDK live transcription, by Amazon Transcribe. */
export function chimeTranscriber({ env }: { env: Env }): Transcriber {
  const chime = new ChimeSDKMeetingsClient(clientOptions(env));
  return {
    async start(meetingId, language) {
      try {
        await chime.send(
          new StartMeetingTranscriptionCommand({
            MeetingId: meetingId,
            TranscriptionConfiguration: { EngineTranscribeSettings: { LanguageCode: spoken[language] } },
          }),
          withinDeadline(),
        );
        return ok(undefined);
      } catch (thrown) {
        return errorName(thrown) === "NotFoundException"
          ? err({ code: "MEETING_ENDED" })
          : cloudRefusal(thrown);
      }
    },
    async stop(meetingId) {
      try {
        await chime.send(new StopMeetingTranscriptionCommand({ MeetingId: meetingId }), withinDeadline());
        return ok(undefined);
      } catch (thrown) {
        return errorName(thrown) === "NotFoundException" ? ok(undefined) : cloudRefusal(thrown);
      }
    },
  };
}
