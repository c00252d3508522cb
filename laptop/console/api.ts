import type { Cloud } from "../cloud";
import { hoursShape, readHours } from "../connect/hours";
import { faultShape, readFault, services } from "../faults";
import { readJsonBody, VendorError } from "../http/vendor-error";
import { readText, receiveText } from "../messages/receive-text";
import type { ApiRequest, ApiResponse } from "../wire";
import { inspectMedia } from "./media-api";
import { messagePart } from "./message-parts";
import { json, nothing, wrong } from "./reply";

/** The body as a JSON object, or null. */
function readInput(body: Uint8Array): Record<string, unknown> | null {
  try {
    return readJsonBody(body);
  } catch (cause) {
    if (cause instanceof VendorError) return null;
    throw cause;
  }
}

function putFault({ faults }: Cloud, body: Uint8Array): ApiResponse {
  const fault = readFault(readInput(body) ?? {});
  if (!fault) return wrong(faultShape);
  faults.set(fault);
  return json(faults.list());
}

function optOut({ optedOut }: Cloud, { method, query }: ApiRequest): ApiResponse {
  const number =
    query
      .get("number")
      ?.trim()
      .replace(/^ ?(?=\d)/, "+") ?? ""; // "+" unescaped in a query reads as a space
  if (!/^\+\d{7,15}$/.test(number)) return wrong("Give ?number= in E.164");
  if (method === "PUT") optedOut.add(number);
  else optedOut.remove(number);
  return json(optedOut.list());
}

/** Contacts without what lets anybody join them. */
const contactsOf = ({ connect }: Cloud) =>
  connect
    .contacts()
    .map(({ participantToken: _, attendee: __, telephone, participants, handler, ...contact }) => ({
      ...contact,
      telephone: telephone && { from: telephone.from, to: telephone.to },
      participants: participants.map(({ participantId, displayName }) => ({ participantId, displayName })),
      handler: handler && { ...handler, attendee: undefined },
    }));

function putHours({ connect }: Cloud, body: Uint8Array): ApiResponse {
  const hours = readHours(readInput(body) ?? {}, connect.hours.get());
  if (!hours) return wrong(hoursShape);
  connect.hours.set(hours);
  return json(hours);
}

function processUsage() {
  const { user, system } = process.cpuUsage();
  return {
    pid: process.pid,
    cpuMs: (user + system) / 1000,
    atMs: performance.now(),
    rssBytes: process.memoryUsage().rss,
  };
}

/** `/_laptop/…`: what is ours and no vendor's, for tests. The README lists it. */
export function inspect(cloud: Cloud, request: ApiRequest): ApiResponse {
  const { method, path, query, body } = request;
  const { inbox, faults, chime } = cloud;
  if (path.startsWith("/_laptop/chime/")) return inspectMedia(chime, method, path, readInput(body));
  switch (`${method} ${path}`) {
    case "GET /_laptop/inbox": {
      // "+" unescaped in a query reads as a space: nobody's address begins with one.
      const to = query.get("to")?.replace(/^ /, "+");
      return json(inbox.list({ ...(to === undefined ? {} : { to }), all: query.get("all") === "1" }));
    }
    case "DELETE /_laptop/inbox":
      inbox.clear();
      return json({});
    case "GET /_laptop/faults":
      return json(faults.list());
    case "PUT /_laptop/faults":
      return putFault(cloud, body);
    case "DELETE /_laptop/faults": {
      const named = query.get("service");
      const service = services.find((name) => name === named);
      if (named !== null && !service) return wrong(faultShape);
      faults.clear(service);
      return json(faults.list());
    }
    case "GET /_laptop/opted-out":
      return json(cloud.optedOut.list());
    case "PUT /_laptop/opted-out":
    case "DELETE /_laptop/opted-out":
      return optOut(cloud, request);
    case "POST /_laptop/texts": {
      const text = readText(readInput(body) ?? {});
      if (!text) return wrong('A text is {"from": a number in E.164, "body": up to 1600 characters}');
      receiveText(cloud, text);
      return json({});
    }
    case "GET /_laptop/sns":
      return json(cloud.sns.status());
    case "PUT /_laptop/sns": {
      const { endpoint } = readInput(body) ?? {};
      if (typeof endpoint !== "string" || !/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint))
        return wrong('Give {"endpoint": an http address}');
      cloud.sns.subscribe(endpoint);
      return json(cloud.sns.status());
    }
    case "GET /_laptop/meetings":
      return json(chime.snapshot());
    case "GET /_laptop/calls":
      return json(cloud.voice.calls());
    case "GET /_laptop/contacts":
      return json(contactsOf(cloud));
    case "GET /_laptop/connect/hours":
      return json(cloud.connect.hours.get());
    case "PUT /_laptop/connect/hours":
      return putHours(cloud, body);
    case "GET /_laptop/process":
      return json(processUsage());
    default:
      return (method === "GET" ? messagePart(inbox, path) : null) ?? nothing();
  }
}
