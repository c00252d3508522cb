import type { FaultTarget } from "../chime/faults";
import type { Chime } from "../chime/index";
import type { ApiResponse } from "../wire";
import { json, nothing, wrong } from "./reply";

type Input = Record<string, unknown>;

const shape =
  'a target {"meetingId"?, "attendeeId"?} or {"externalMeetingId"}, and {"blackhole"?: boolean, "lossRate"?: 0 to 1, "delayMs"?: 0 to 5000 (each way)}, or to break sockets {"code"?: 4000 to 4999}';

function targetOf({ meetingId, attendeeId, externalMeetingId }: Input): FaultTarget | null {
  const target: FaultTarget = {};
  for (const [name, id] of Object.entries({ meetingId, attendeeId, externalMeetingId })) {
    if (id === undefined) continue;
    if (typeof id !== "string") return null;
    target[name as keyof FaultTarget] = id;
  }
  // A meeting has one name here or the other.
  return target.externalMeetingId !== undefined && Object.keys(target).length > 1 ? null : target;
}

function putFault(chime: Chime, input: Input): ApiResponse {
  const target = targetOf(input);
  const { blackhole = false, lossRate = 0, delayMs = 0 } = input;
  if (!target || typeof blackhole !== "boolean") return wrong(shape);
  if (typeof lossRate !== "number" || !(lossRate >= 0 && lossRate <= 1)) return wrong(shape);
  if (typeof delayMs !== "number" || !(delayMs >= 0 && delayMs <= 5_000)) return wrong(shape);
  chime.faults.set({ ...target, blackhole, lossRate, delayMs });
  return json(chime.faults.list());
}

function breakSockets(chime: Chime, input: Input): ApiResponse {
  const target = targetOf(input);
  const { code } = input;
  if (
    !target ||
    (code !== undefined && !(Number.isInteger(code) && Number(code) >= 4000 && Number(code) <= 4999))
  )
    return wrong(shape);
  return json({ broken: chime.faults.killSockets(target, code as number | undefined) });
}

/** `/_laptop/chime/…`: what goes wrong with media, for one attendee, one meeting or all. `input` is null for what is no JSON object. */
export function inspectMedia(chime: Chime, method: string, path: string, input: Input | null): ApiResponse {
  switch (`${method} ${path}`) {
    case "GET /_laptop/chime/faults":
      return json(chime.faults.list());
    case "PUT /_laptop/chime/faults":
      return input ? putFault(chime, input) : wrong(shape);
    case "DELETE /_laptop/chime/faults":
      chime.faults.clear();
      return json([]);
    case "POST /_laptop/chime/break-sockets":
      return input ? breakSockets(chime, input) : wrong(shape);
    default:
      return nothing();
  }
}
