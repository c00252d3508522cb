import {
  ChimeSDKMediaPipelinesClient,
  CreateMediaCapturePipelineCommand,
  CreateMediaConcatenationPipelineCommand,
  DeleteMediaCapturePipelineCommand,
  GetMediaCapturePipelineCommand,
} from "@aws-sdk/client-chime-sdk-media-pipelines";
import { ChimeSDKMeetingsClient, GetMeetingCommand } from "@aws-sdk/client-chime-sdk-meetings";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectRetentionCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { Env } from "@/lib/env";
import { err, ok } from "@/lib/kernel/result";
import type { Recorder } from "@/lib/ports/recorder";
import { type CloudEnv, clientOptions, withinDeadline } from "./client-options";
import { cloudRefusal, errorName } from "./cloud-errors";

/** Of what is made of the capture: its audio folder alone, in which the sound has the speaker's picture with it where one was captured. A concatenation's artefacts that we want none of must be said so, each. */
const off = { State: "Disabled" } as const;
const audioFolder = {
  Audio: { State: "Enabled" },
  Video: off,
  Content: off,
  DataChannel: off,
  TranscriptionMessages: off,
  MeetingEvents: off,
  CompositedVideo: off,
} as const;

/** The vendor's are MP4, the laptop's with a picture WebM. */
const isMedia = (key: string) => /\.(mp4|webm)$/.test(key);

type RecorderEnv = CloudEnv &
  Pick<Env, "RECORDINGS_BUCKET" | "RECORDINGS_ROLE_ARN" | "VIDEO_RECORDINGS_KMS_KEY_ID">;

/**
 * Amazon Chime SDK media pipelines into S3: SSE-KMS, and Object Lock in compliance mode on the one file. The bucket needs versions and Object Lock,
 * and the same key as its default: what a concatenation writes is encrypted by the bucket.
 */
export function chimeRecorder({ env }: { env: RecorderEnv }): Recorder {
  const options = clientOptions(env);
  const meetings = new ChimeSDKMeetingsClient(options);
  const pipelines = new ChimeSDKMediaPipelinesClient(options);
  const s3 = new S3Client({ ...options, forcePathStyle: env.CLOUD === "local" });
  const Bucket = env.RECORDINGS_BUCKET;
  const arnOf = (place: string) => `arn:aws:s3:::${Bucket}/${place}`;
  const isMissing = (thrown: unknown) => errorName(thrown) === "NotFoundException";

  return {
    async start({ token, meetingId, place, withPicture }) {
      try {
        const { Meeting } = await meetings.send(
          new GetMeetingCommand({ MeetingId: meetingId }),
          withinDeadline(),
        );
        const answer = await pipelines.send(
          new CreateMediaCapturePipelineCommand({
            SourceType: "ChimeSdkMeeting",
            SourceArn: Meeting?.MeetingArn,
            SinkType: "S3Bucket",
            SinkArn: arnOf(`${place}/pieces`),
            ClientRequestToken: token,
            ChimeSdkMeetingConfiguration: {
              ArtifactsConfiguration: {
                Audio: { MuxType: withPicture ? "AudioWithActiveSpeakerVideo" : "AudioOnly" },
                Video: off,
                Content: off,
              },
            },
            SseAwsKeyManagementParams: { AwsKmsKeyId: env.VIDEO_RECORDINGS_KMS_KEY_ID },
            SinkIamRoleArn: env.RECORDINGS_ROLE_ARN,
          }),
          withinDeadline(),
        );
        const captureId = answer.MediaCapturePipeline?.MediaPipelineId;
        if (!captureId) throw new Error("Chime answered without a pipeline");
        return ok({ captureId });
      } catch (thrown) {
        return isMissing(thrown) ? err({ code: "MEETING_ENDED" }) : cloudRefusal(thrown);
      }
    },

    async isRunning(captureId) {
      try {
        const { MediaCapturePipeline: pipeline } = await pipelines.send(
          new GetMediaCapturePipelineCommand({ MediaPipelineId: captureId }),
          withinDeadline(),
        );
        return ok(pipeline?.Status === "InProgress" || pipeline?.Status === "Initializing");
      } catch (thrown) {
        return isMissing(thrown) ? ok(false) : cloudRefusal(thrown);
      }
    },

    async stop({ token, captureId, place }) {
      try {
        const { MediaCapturePipeline: pipeline } = await pipelines.send(
          new GetMediaCapturePipelineCommand({ MediaPipelineId: captureId }),
          withinDeadline(),
        );
        await pipelines.send(
          new DeleteMediaCapturePipelineCommand({ MediaPipelineId: captureId }),
          withinDeadline(),
        );
        // It waits until the capture has written its last piece.
        await pipelines.send(
          new CreateMediaConcatenationPipelineCommand({
            ClientRequestToken: token,
            Sources: [
              {
                Type: "MediaCapturePipeline",
                MediaCapturePipelineSourceConfiguration: {
                  MediaPipelineArn: pipeline?.MediaPipelineArn,
                  ChimeSdkMeetingConfiguration: { ArtifactsConfiguration: audioFolder },
                },
              },
            ],
            Sinks: [
              { Type: "S3Bucket", S3BucketSinkConfiguration: { Destination: arnOf(`${place}/whole`) } },
            ],
          }),
          withinDeadline(),
        );
        return ok(undefined);
      } catch (thrown) {
        return isMissing(thrown) ? ok(undefined) : cloudRefusal(thrown);
      }
    },

    async find(place) {
      try {
        const { Contents = [] } = await s3.send(
          new ListObjectsV2Command({ Bucket, Prefix: `${place}/whole/` }),
          withinDeadline(),
        );
        const file = Contents.find(({ Key }) => Key && isMedia(Key));
        return ok(file?.Key ? { key: file.Key, bytes: file.Size ?? 0 } : null);
      } catch (thrown) {
        return cloudRefusal(thrown);
      }
    },

    async lock(key, until) {
      try {
        await s3.send(
          new PutObjectRetentionCommand({
            Bucket,
            Key: key,
            Retention: { Mode: "COMPLIANCE", RetainUntilDate: until },
          }),
          withinDeadline(),
        );
        return ok(undefined);
      } catch (thrown) {
        return cloudRefusal(thrown);
      }
    },

    async read(key, range) {
      try {
        const Range = range ? `bytes=${range.from}-${range.to}` : undefined;
        const {
          Body,
          ContentRange,
          ContentLength = 0,
          ContentType,
        } = await s3.send(new GetObjectCommand({ Bucket, Key: key, Range }));
        if (!Body) throw new Error("S3 answered without a body");
        const [, from, to, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(ContentRange ?? "") ?? [];
        return ok({
          body: Body.transformToWebStream() as ReadableStream<Uint8Array>,
          contentType: /^(audio|video)\/\w+$/.test(ContentType ?? "") ? ContentType! : "video/mp4",
          range: { from: Number(from ?? 0), to: Number(to ?? ContentLength - 1) },
          total: Number(total ?? ContentLength),
        });
      } catch (thrown) {
        if (errorName(thrown) === "NoSuchKey") return err({ code: "RECORDING_GONE" });
        return errorName(thrown) === "InvalidRange" ? err({ code: "RANGE_UNKNOWN" }) : cloudRefusal(thrown);
      }
    },

    async remove(place) {
      try {
        for (;;) {
          const { Versions = [], DeleteMarkers = [] } = await s3.send(
            new ListObjectVersionsCommand({ Bucket, Prefix: `${place}/` }),
            withinDeadline(),
          );
          const all = [...Versions, ...DeleteMarkers];
          if (all.length === 0) return ok(undefined);
          for (const { Key, VersionId } of all)
            await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }), withinDeadline());
        }
      } catch (thrown) {
        return errorName(thrown) === "AccessDenied"
          ? err({ code: "RECORDING_LOCKED" })
          : cloudRefusal(thrown);
      }
    },
  };
}
