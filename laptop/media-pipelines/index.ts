import { randomUUID } from "node:crypto";
import type { Listen } from "../chime/room/room";
import { jsonHeaders, readJsonBody, VendorError } from "../http/vendor-error";
import { recordingsBucket } from "../s3/index";
import type { Store } from "../s3/store";
import type { ApiRequest, ApiResponse } from "../wire";
import { type Capture, openCapture } from "./capture";
import { readMp4, writeMp4 } from "./mp4";
import { readWebm, writeWebm } from "./webm";

type Status = "InProgress" | "Stopped" | "Failed";
type Kind = "capture" | "concatenation";
/** As it lies in the state file. `place`: the prefix in the bucket under which it writes. */
type Pipeline = {
  kind: Kind;
  id: string;
  token: string;
  request: string;
  status: Status;
  createdAt: number;
  updatedAt: number;
  place: string;
  keyId: string;
  meetingId: string;
  withPicture: boolean;
  /** Of a concatenation: the capture that it waits for. */
  sourceId: string;
};

/** A laptop's disk and memory are finite: four hours of sound are some 60 MB, and half an hour of a picture some 300. */
const captureMaxMs = (withPicture: boolean) => (withPicture ? 1 : 8) * 1_800_000;
const fileOf = (withPicture: boolean) =>
  withPicture ? { ending: "webm", contentType: "video/webm" } : { ending: "mp4", contentType: "audio/mp4" };
const keptMax = 500;
const account = "000000000000";

export type MediaPipelines = {
  /** Throws `VendorError`. */
  handle(operation: string, request: ApiRequest): ApiResponse;
  close(): void;
};

/**
 * Chime SDK media pipelines: a capture writes a meeting's mixed sound in pieces, and the picture of whoever speaks where it is asked for; a concatenation makes one file of them when the capture is
 * over. A capture that a restart cut off is stopped; its pieces stay.
 *
 * @param listen to a meeting's speakers; null: there is no such meeting. `ended` is told once when the meeting is over.
 */
export function startMediaPipelines(options: {
  load: unknown;
  save: (pipelines: Pipeline[]) => void;
  store: Store;
  listen: (meetingId: string, ended: () => void) => Listen | null;
  region: string;
  now: () => number;
  log: (line: object) => void;
}): MediaPipelines {
  const { store, now } = options;
  const pipelines = ((options.load as Pipeline[] | undefined) ?? []).slice(-keptMax);
  const running = new Map<string, Capture>();
  const arnOf = ({ id }: Pipeline) => `arn:aws:chime:${options.region}:${account}:media-pipeline/${id}`;

  function set(pipeline: Pipeline, status: Status): void {
    Object.assign(pipeline, { status, updatedAt: now() });
    options.save(pipelines);
  }

  function stop(pipeline: Pipeline, status: Status = "Stopped"): void {
    running.get(pipeline.id)?.stop();
    running.delete(pipeline.id);
    if (pipeline.status === "InProgress") set(pipeline, status);
    for (const waiting of pipelines)
      if (waiting.sourceId === pipeline.id && waiting.status === "InProgress") concatenate(waiting, pipeline);
  }

  function concatenate(pipeline: Pipeline, source: Pipeline): void {
    try {
      const pieces = store.list(`${source.place}/audio/`, false).map((piece) => store.read(piece));
      const { ending, contentType } = fileOf(source.withPicture);
      if (pieces.length > 0)
        store.put(
          `${pipeline.place}/audio/${pipeline.id}.${ending}`,
          source.withPicture ? writeWebm(pieces.flatMap(readWebm)) : writeMp4(pieces.flatMap(readMp4)),
          { contentType, keyId: source.keyId },
        );
      set(pipeline, "Stopped");
    } catch (cause) {
      options.log({ level: "error", pipeline: pipeline.id, fault: String(cause) });
      set(pipeline, "Failed");
    }
  }

  function make(
    kind: Kind,
    body: Record<string, unknown>,
    fields: Pick<Pipeline, "place" | "keyId" | "meetingId" | "withPicture" | "sourceId">,
  ): { pipeline: Pipeline; isNew: boolean } {
    const token = typeof body.ClientRequestToken === "string" ? body.ClientRequestToken : randomUUID();
    const request = JSON.stringify(body);
    const known = pipelines.find((one) => one.token === token && one.kind === kind);
    if (known && known.request !== request)
      throw bad("The client request token was used for another request");
    if (known) return { pipeline: known, isNew: false };
    const id = randomUUID();
    const at = now();
    const pipeline: Pipeline = {
      kind,
      id,
      token,
      request,
      status: "InProgress",
      createdAt: at,
      updatedAt: at,
      ...fields,
      place: `${fields.place}/${id}`,
    };
    pipelines.push(pipeline);
    options.save(pipelines);
    return { pipeline, isNew: true };
  }

  function capture(body: Record<string, unknown>): Pipeline {
    const meetingId = lastOf(body.SourceArn);
    const listen = options.listen(meetingId, () => stop(pipeline));
    if (!listen)
      throw new VendorError("NotFoundException", "The meeting does not exist", 404, { Code: "NotFound" });
    const withPicture = asksForPicture(body);
    const encryption = member(body.SseAwsKeyManagementParams);
    const made = make("capture", body, {
      place: placeOf(body.SinkArn),
      keyId: String(encryption.AwsKmsKeyId ?? "alias/video-recordings-cmk"),
      meetingId,
      withPicture,
      sourceId: "",
    });
    const { pipeline } = made;
    if (!made.isNew) return pipeline;
    const began = now();
    running.set(
      pipeline.id,
      openCapture({
        listen,
        withPicture,
        now: () => performance.timeOrigin + performance.now(),
        put(file, startedMs) {
          const name = new Date(began + startedMs).toISOString().replace(/[:.T]/g, "-").replace("Z", "");
          const { ending, contentType } = fileOf(withPicture);
          store.put(`${pipeline.place}/audio/${name}.${ending}`, file, {
            contentType,
            keyId: pipeline.keyId,
          });
          if (startedMs > captureMaxMs(withPicture)) queueMicrotask(() => stop(pipeline));
        },
        failed(cause) {
          options.log({ level: "error", pipeline: pipeline.id, fault: String(cause) });
          stop(pipeline, "Failed");
        },
      }),
    );
    return pipeline;
  }

  function concatenation(body: Record<string, unknown>): Pipeline {
    const [source] = Array.isArray(body.Sources) ? body.Sources : [];
    const [sink] = Array.isArray(body.Sinks) ? body.Sinks : [];
    const from = member(member(source).MediaCapturePipelineSourceConfiguration);
    const of = pipelines.find(({ id, kind }) => kind === "capture" && id === lastOf(from.MediaPipelineArn));
    if (!of)
      throw new VendorError("NotFoundException", "The capture pipeline does not exist", 404, {
        Code: "NotFound",
      });
    const place = placeOf(member(member(sink).S3BucketSinkConfiguration).Destination);
    const { pipeline, isNew } = make("concatenation", body, {
      place,
      keyId: of.keyId,
      meetingId: of.meetingId,
      withPicture: of.withPicture,
      sourceId: of.id,
    });
    if (isNew && of.status !== "InProgress") concatenate(pipeline, of);
    return pipeline;
  }

  const shape = (pipeline: Pipeline) => ({
    MediaPipelineId: pipeline.id,
    MediaPipelineArn: arnOf(pipeline),
    Status: pipeline.status,
    CreatedTimestamp: new Date(pipeline.createdAt).toISOString(),
    UpdatedTimestamp: new Date(pipeline.updatedAt).toISOString(),
    ...(pipeline.kind === "capture" && {
      SourceType: "ChimeSdkMeeting",
      SourceArn: `arn:aws:chime:${options.region}:${account}:meeting/${pipeline.meetingId}`,
      SinkType: "S3Bucket",
    }),
  });
  function named(path: string): Pipeline {
    const found = pipelines.find(({ id, kind }) => id === path.split("/").at(-1) && kind === "capture");
    if (!found)
      throw new VendorError("NotFoundException", "The pipeline does not exist", 404, { Code: "NotFound" });
    return found;
  }

  // A restart ends what was captured.
  for (const pipeline of pipelines)
    if (pipeline.status === "InProgress" && pipeline.kind === "capture") stop(pipeline);

  return {
    handle(operation, { path, body }) {
      switch (operation) {
        case "CreateMediaCapturePipeline":
          return json(201, { MediaCapturePipeline: shape(capture(readJsonBody(body))) });
        case "CreateMediaConcatenationPipeline":
          return json(201, { MediaConcatenationPipeline: shape(concatenation(readJsonBody(body))) });
        case "GetMediaCapturePipeline":
          return json(200, { MediaCapturePipeline: shape(named(path)) });
        case "DeleteMediaCapturePipeline":
          stop(named(path));
          return { status: 204, headers: jsonHeaders("application/json") };
        default:
          throw new VendorError("UnknownOperationException", `The laptop cloud has no ${operation}`, 404);
      }
    },
    close() {
      for (const pipeline of pipelines) if (running.has(pipeline.id)) stop(pipeline);
    },
  };
}

const json = (status: number, answer: object): ApiResponse => ({
  status,
  headers: jsonHeaders("application/json"),
  body: JSON.stringify(answer),
});
const bad = (message: string) => new VendorError("BadRequestException", message, 400, { Code: "BadRequest" });
const member = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** Who asks for what there is not is told so, rather than given something else for it. */
function asksForPicture(body: Record<string, unknown>): boolean {
  const artifacts = member(member(body.ChimeSdkMeetingConfiguration).ArtifactsConfiguration);
  const isOn = (name: string) => member(artifacts[name]).State === "Enabled";
  const { MuxType = "AudioOnly" } = member(artifacts.Audio);
  const withPicture = MuxType === "AudioWithActiveSpeakerVideo";
  if (
    (MuxType !== "AudioOnly" && !withPicture) ||
    isOn("Video") ||
    isOn("Content") ||
    isOn("CompositedVideo")
  )
    throw bad(
      "The laptop cloud captures sound, and whoever speaks: MuxType AudioOnly or AudioWithActiveSpeakerVideo, Video and Content disabled",
    );
  return withPicture;
}

const lastOf = (arn: unknown): string =>
  String(arn ?? "")
    .split(/[:/]/)
    .at(-1) ?? "";

/** `arn:aws:s3:::bucket/prefix` → the prefix. */
function placeOf(arn: unknown): string {
  const found = /^arn:aws:s3:::([a-z0-9.-]+)\/([\w!.*'()/-]{1,200}?)\/?$/.exec(String(arn ?? ""));
  if (found?.[1] !== recordingsBucket || !found[2])
    throw bad("The sink must be a place in the recordings' bucket");
  return found[2];
}
