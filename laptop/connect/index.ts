import { VendorError } from "../http/vendor-error";
import { type Contact, type MeetingMaker, openContacts } from "./contacts";
import type { ConnectContext } from "./context";
import { bareId, type Input, type Json, notFound } from "./input";
import { describeContact, stopContact, updateContactAttributes } from "./operations";
import { startWebRtcContact } from "./start-webrtc-contact";

export type Connect = {
  /** `path` as it came, still percent-encoded. */
  handle(operation: string, path: string, input: () => Input): Promise<Json>;
  /** Newest first. Holds credentials. */
  contacts(): Contact[];
};

/** Amazon Connect: what of it a call needs. @see https://docs.aws.amazon.com/connect/latest/APIReference/ */
export function startConnect(options: {
  load: unknown;
  save: (contacts: Contact[]) => void;
  meetings: MeetingMaker;
  instanceId: string;
  flowIds: readonly string[];
  region: string;
  now: () => number;
}): Connect {
  const connect: ConnectContext = {
    contacts: openContacts(options),
    starting: new Map(),
    meetings: options.meetings,
    flowIds: options.flowIds,
    instanceArn: `arn:aws:connect:${options.region}:000000000000:instance/${options.instanceId}`,
    now: options.now,
    mustBeOurs(instance) {
      if (bareId(instance) !== options.instanceId) throw notFound("Instance");
    },
  };
  return {
    contacts: connect.contacts.list,
    async handle(operation, path, input) {
      switch (operation) {
        case "StartWebRTCContact":
          return startWebRtcContact(connect, input());
        case "StopContact":
          return stopContact(connect, input());
        case "UpdateContactAttributes":
          return updateContactAttributes(connect, input());
        case "DescribeContact": {
          // An ARN travels as one percent-encoded step of the path.
          const [, , instance = "", contact = ""] = path.split("/");
          return describeContact(connect, decode(instance), decode(contact));
        }
        default:
          throw new VendorError("UnknownOperationException", `Connect does not speak ${operation}`, 404);
      }
    },
  };
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return ""; // nothing is named so
  }
}
