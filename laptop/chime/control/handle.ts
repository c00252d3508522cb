import { errorResponse, jsonHeaders, VendorError } from "../../http/vendor-error";
import type { ApiRequest, ApiResponse } from "../../wire";
import type { Operations } from "./operations";
import { badRequest, readBody } from "./validate";

const contentType = "application/json";

const json = (value: unknown): ApiResponse => ({
  status: 200,
  headers: jsonHeaders(contentType),
  body: JSON.stringify(value),
});
const done = (status: 200 | 204): ApiResponse => ({ status, headers: jsonHeaders(contentType) });

/** rest-json: the operation is in the method, the path and `?operation=`. Refusals are answered as the SDK's deserialisers expect. */
export function handleControl(operations: Operations, request: ApiRequest): ApiResponse {
  try {
    return route(operations, request);
  } catch (error) {
    if (error instanceof VendorError) return errorResponse(error, contentType);
    throw error; // ours: the door logs it and answers 500
  }
}

function route(operations: Operations, { method, path, query, body }: ApiRequest): ApiResponse {
  let parts: string[];
  try {
    parts = path.split("/").slice(1).map(decodeURIComponent);
  } catch {
    throw badRequest("The path is not valid");
  }
  const [root, meetingId = "", attendees, attendeeId = "", last] = parts;
  const shape = [root, meetingId && "{m}", attendees, attendeeId && "{a}", last].filter(Boolean).join("/");
  const operation = query.get("operation") ?? "";
  switch (`${method} ${shape}${operation && `?${operation}`}`) {
    case "POST meetings":
      return json(operations.createMeeting(readBody(body)));
    case "POST meetings?create-attendees":
      return json(operations.createMeetingWithAttendees(readBody(body)));
    case "GET meetings/{m}":
      return json(operations.getMeeting(meetingId));
    case "DELETE meetings/{m}":
      operations.deleteMeeting(meetingId);
      return done(204);
    case "POST meetings/{m}/attendees":
      return json(operations.createAttendee(meetingId, readBody(body)));
    case "POST meetings/{m}/attendees?batch-create":
      return json(operations.batchCreateAttendee(meetingId, readBody(body)));
    case "GET meetings/{m}/attendees":
      return json(operations.listAttendees(meetingId, query));
    case "GET meetings/{m}/attendees/{a}":
      return json(operations.getAttendee(meetingId, attendeeId));
    case "DELETE meetings/{m}/attendees/{a}":
      operations.deleteAttendee(meetingId, attendeeId);
      return done(204);
    case "PUT meetings/{m}/attendees/{a}/capabilities":
      return json(operations.updateAttendeeCapabilities(meetingId, attendeeId, readBody(body)));
    case "PUT meetings/{m}/attendees/{a}?batch-update-except":
      operations.batchUpdateAttendeeCapabilitiesExcept(meetingId, readBody(body));
      return done(200);
    case "POST meetings/{m}/transcription?start":
      operations.startMeetingTranscription(meetingId, readBody(body));
      return done(200);
    case "POST meetings/{m}/transcription?stop":
      operations.stopMeetingTranscription(meetingId);
      return done(200);
    default:
      throw new VendorError(
        "UnknownOperationException",
        `The laptop cloud's Chime does not speak ${method} ${path.slice(0, 200)}`,
        404,
      );
  }
}
