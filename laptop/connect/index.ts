import type { ServerResponse } from "node:http";
import { VendorError } from "../http/vendor-error";
import type { ApiRequest, ApiResponse } from "../wire";
import { openAgentDoor } from "./agent-door/door";
import { type Agent, openAgents } from "./agents";
import { openCalls } from "./calls";
import type { LambdaInvoker } from "./contact-flows";
import { type Contact, type MeetingMaker, openContacts } from "./contacts";
import type { ConnectContext } from "./context";
import { getCurrentMetricData } from "./current-metrics";
import { getCurrentUserData, listQueues, listUsers, searchUsers } from "./directory";
import { getEffectiveHours } from "./effective-hours";
import { type Hours, isOpenAt, openAllDay } from "./hours";
import { bareId, type Input, type Json, notFound } from "./input";
import { openInstance } from "./instance";
import { getContactMetrics } from "./metrics";
import {
  describeContact,
  getContactAttributes,
  listAssociatedContacts,
  stopContact,
  updateContactAttributes,
} from "./operations";
import { connectParticipant, createParticipant, disconnectParticipant, sendKeys } from "./participants";
import { type PhoneCall, takePhoneCall } from "./phone-calls";
import { openQuotas } from "./quotas";
import { type OpenLine, openSound } from "./sound/sound";
import { startWebRtcContact } from "./start-webrtc-contact";

export type Connect = {
  /** `path` as it came, still percent-encoded. */
  handle(operation: string, request: ApiRequest, input: () => Input): Promise<Json>;
  /** Newest first. Holds credentials. */
  contacts(): Contact[];
  agents(): Agent[];
  /** The name of the queue that it waits in, or waited in last; null for one agent's own. */
  queueOf(contact: Contact): string | null;
  /** `/_laptop/connect/agents…` @returns null when it keeps the answer open. */
  agentDoor(request: ApiRequest, outgoing: ServerResponse): Promise<ApiResponse | null>;
  /** A call for support that comes in by telephone: its flow runs as for any other contact. */
  takeCall(call: PhoneCall): Promise<void>;
  /** When support is open: its hours of operation. */
  hours: { get(): Hours; set(hours: Hours): void };
  close(): void;
};

type Desk = { agents: Agent[]; hours: Hours };

/** Amazon Connect: what of it a call needs. @see https://docs.aws.amazon.com/connect/latest/APIReference/ */
export function startConnect(options: {
  contacts: { load: unknown; save: (contacts: Contact[]) => void };
  /** Agents and hours. */
  desk: { load: unknown; save: (desk: Desk) => void };
  meetings: MeetingMaker;
  lambdas: LambdaInvoker;
  openLine: OpenLine;
  instanceId: string;
  flowIds: readonly string[];
  region: string;
  /** Signs agents in; empty: there are none. */
  agentSecret: string;
  /** Whether each operation is throttled as the vendor does. */
  quotas: boolean;
  now: () => number;
  log: (line: object) => void;
}): Connect {
  const { meetings, now, log } = options;
  const kept = (options.desk.load ?? {}) as Partial<Desk>;
  const desk: Desk = { agents: kept.agents ?? [], hours: kept.hours ?? openAllDay };
  const agents = openAgents({
    load: desk.agents,
    save: (list) => {
      desk.agents = list;
      options.desk.save(desk);
    },
    now,
  });
  const contacts = openContacts(options.contacts);
  const instance = openInstance(options);
  const door = openAgentDoor({ connect: () => connect, secret: options.agentSecret, now });
  const calls = openCalls({
    contacts,
    agents,
    instance,
    meetings,
    lambdas: options.lambdas,
    soundOf: (contact, words, press) =>
      openSound({ contact, words, press, openLine: options.openLine, musicArn: instance.musicArn, now, log }),
    isOpen: () => isOpenAt(desk.hours, now()),
    now,
    log,
    changed: door.changed,
  });
  const connect: ConnectContext = {
    contacts,
    agents,
    calls,
    instance,
    starting: new Map(),
    meetings,
    openLine: options.openLine,
    hours: () => desk.hours,
    now,
    mustBeOurs(given) {
      if (bareId(given) !== instance.id) throw notFound("Instance");
    },
  };
  calls.goOn();
  const quotas = openQuotas(options.quotas, now);

  async function run(
    operation: string,
    { path, query, headers }: ApiRequest,
    input: () => Input,
  ): Promise<Json> {
    // An ARN travels as one percent-encoded step of the path.
    const [, , second = "", third = "", fourth = ""] = path.split("/").map(decode);
    const bearer = headers["x-amz-bearer"];
    quotas.take(operation);
    switch (operation) {
      case "StartWebRTCContact":
        return startWebRtcContact(connect, input());
      case "StopContact":
        return stopContact(connect, input());
      case "UpdateContactAttributes":
        return updateContactAttributes(connect, input());
      case "GetContactAttributes":
        return getContactAttributes(connect, third, fourth);
      case "DescribeContact":
        return describeContact(connect, second, third);
      case "ListAssociatedContacts":
        return listAssociatedContacts(connect, third, query);
      case "GetContactMetrics":
        return getContactMetrics(connect, input());
      case "GetCurrentMetricData":
        return getCurrentMetricData(connect, third, input());
      case "GetEffectiveHoursOfOperations":
        return getEffectiveHours(connect, { instanceId: second, hoursId: third, query });
      case "CreateParticipant":
        return createParticipant(connect, input());
      case "ListQueues":
        return listQueues(connect, second);
      case "ListUsers":
        return listUsers(connect, second);
      case "GetCurrentUserData":
        return getCurrentUserData(connect, third, input());
      case "SearchUsers":
        return searchUsers(connect, input());
      case "CreateParticipantConnection":
        return connectParticipant(connect, bearer, input());
      case "SendMessage":
        return sendKeys(connect, bearer, input());
      case "DisconnectParticipant":
        return disconnectParticipant(connect, bearer);
      default:
        throw new VendorError("UnknownOperationException", `Connect does not speak ${operation}`, 404);
    }
  }

  return {
    handle: run,
    contacts: contacts.list,
    agents: agents.list,
    queueOf: ({ target }) =>
      (target && "queueId" in target ? instance.queue(target.queueId)?.name : undefined) ?? null,
    agentDoor: door.handle,
    takeCall: (call) =>
      takePhoneCall(connect, { call, flowId: options.flowIds[1] ?? "", openLine: options.openLine }),
    hours: {
      get: () => desk.hours,
      set(hours) {
        desk.hours = hours;
        options.desk.save(desk);
      },
    },
    close: calls.close,
  };
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return ""; // nothing is named so
  }
}
