import { randomBytes, randomUUID } from "node:crypto";
import { jsonHeaders, readJsonBody, VendorError } from "../http/vendor-error";
import type { ApiRequest, ApiResponse } from "../wire";

type Input = Record<string, unknown>;
type Json = Record<string, unknown>;

/** What Connect needs of Chime: in-process, as the vendor's own services call each other. */
export type MeetingMaker = {
  createMeeting(request: {
    externalMeetingId: string;
    clientRequestToken: string;
  }): Promise<Json & { MeetingId: string }>;
  createAttendee(meetingId: string, externalUserId: string): Promise<Json & { AttendeeId: string }>;
  endMeeting(meetingId: string): void;
};

export type Contact = {
  contactId: string;
  clientToken: string | null;
  /** The request that made it: the same token with another request is refused. */
  request: string;
  flowId: string;
  displayName: string;
  attributes: Record<string, string>;
  participantId: string;
  participantToken: string;
  meeting: Json & { MeetingId: string };
  attendee: Json & { AttendeeId: string };
  initiatedAt: number;
  disconnectedAt: number | null;
  disconnectReason: string | null;
};

export type Connect = {
  handle(request: ApiRequest, before: (operation: string) => Promise<void>): Promise<ApiResponse>;
  /** Newest first. */
  contacts(): Contact[];
};

const contentType = "application/json";
const tokenDays = 7;
const attributesMaxBytes = 32_768;

const bareId = (value: unknown) => (typeof value === "string" ? value.slice(value.lastIndexOf("/") + 1) : "");
const invalid = (message: string) => new VendorError("InvalidRequestException", message);
const notFound = (what: string) => new VendorError("ResourceNotFoundException", `${what} not found`, 404);

function attributesOf(value: unknown): Record<string, string> {
  const attributes = (value ?? {}) as Record<string, unknown>;
  for (const [name, text] of Object.entries(attributes))
    if (!/^[\w-]{1,32767}$/.test(name) || typeof text !== "string")
      throw invalid(`Attribute ${name.slice(0, 40)} is not valid`);
  if (Buffer.byteLength(JSON.stringify(attributes)) > attributesMaxBytes)
    throw invalid("Attributes exceed 32 KB");
  return attributes as Record<string, string>;
}

export function startConnect(options: {
  load: unknown;
  save: (contacts: Contact[]) => void;
  meetings: MeetingMaker;
  instanceId: string;
  flowIds: string[];
  region: string;
  now: () => number;
}): Connect {
  const contacts = (options.load as Contact[] | undefined) ?? [];
  const starting = new Map<string, Promise<Contact>>();
  const changed = () => options.save(contacts);

  function instance(value: unknown): void {
    if (bareId(value) !== options.instanceId) throw notFound("Instance");
  }

  function find(contactId: unknown): Contact {
    const contact = contacts.find((candidate) => candidate.contactId === contactId);
    if (!contact) throw notFound("Contact");
    return contact;
  }

  async function make(input: Input, fingerprint: string): Promise<Contact> {
    const contactId = randomUUID();
    const { DisplayName } = input.ParticipantDetails as { DisplayName: string };
    const meeting = await options.meetings.createMeeting({
      externalMeetingId: contactId,
      clientRequestToken: contactId,
    });
    const contact: Contact = {
      contactId,
      clientToken: (input.ClientToken as string | undefined) ?? null,
      request: fingerprint,
      flowId: bareId(input.ContactFlowId),
      displayName: DisplayName,
      attributes: attributesOf(input.Attributes),
      participantId: randomUUID(),
      participantToken: randomBytes(48).toString("base64url"),
      meeting,
      attendee: await options.meetings.createAttendee(meeting.MeetingId, `customer-${contactId}`),
      initiatedAt: options.now(),
      disconnectedAt: null,
      disconnectReason: null,
    };
    contacts.unshift(contact);
    changed();
    return contact;
  }

  /** Idempotent by ClientToken for seven days, also for calls that arrive together. */
  async function start(input: Input): Promise<Json> {
    instance(input.InstanceId);
    if (!options.flowIds.includes(bareId(input.ContactFlowId))) throw notFound("Contact flow");
    const name = (input.ParticipantDetails as { DisplayName?: unknown } | undefined)?.DisplayName;
    if (typeof name !== "string" || name.length < 1 || name.length > 256)
      throw invalid("DisplayName must have 1 to 256 characters");
    attributesOf(input.Attributes);
    const token = input.ClientToken;
    if (token !== undefined && (typeof token !== "string" || token.length > 500))
      throw invalid("ClientToken must have up to 500 characters");
    const { ClientToken: _, ...rest } = input;
    const fingerprint = JSON.stringify(rest);
    const known = token
      ? (contacts.find(
          (contact) =>
            contact.clientToken === token && options.now() - contact.initiatedAt < tokenDays * 86_400_000,
        ) ?? (await starting.get(token)))
      : undefined;
    if (known && known.request !== fingerprint)
      throw new VendorError("IdempotencyException", "The ClientToken was used with another request", 409);
    let contact = known;
    if (!contact) {
      const making = make(input, fingerprint);
      if (token) starting.set(token, making);
      try {
        contact = await making;
      } finally {
        if (token) starting.delete(token);
      }
    }
    return {
      ContactId: contact.contactId,
      ParticipantId: contact.participantId,
      ParticipantToken: contact.participantToken,
      ConnectionData: { Meeting: contact.meeting, Attendee: contact.attendee },
    };
  }

  function stop(input: Input): Json {
    instance(input.InstanceId);
    const contact = contacts.find(({ contactId }) => contactId === input.ContactId);
    if (!contact || contact.disconnectedAt)
      throw new VendorError("ContactNotFoundException", "The contact has ended or does not exist", 410);
    contact.disconnectedAt = options.now();
    contact.disconnectReason = "API";
    options.meetings.endMeeting(contact.meeting.MeetingId);
    changed();
    return {};
  }

  function describe(instanceId: string, contactId: string): Json {
    instance(instanceId);
    const contact = find(contactId);
    return {
      Contact: {
        Arn: `arn:aws:connect:${options.region}:000000000000:instance/${options.instanceId}/contact/${contact.contactId}`,
        Id: contact.contactId,
        InitialContactId: contact.contactId,
        InitiationMethod: "WEBRTC_API",
        Channel: "VOICE",
        InitiationTimestamp: contact.initiatedAt / 1000,
        LastUpdateTimestamp: (contact.disconnectedAt ?? contact.initiatedAt) / 1000,
        ...(contact.disconnectedAt
          ? { DisconnectTimestamp: contact.disconnectedAt / 1000, DisconnectReason: contact.disconnectReason }
          : {}),
      },
    };
  }

  function update(input: Input): Json {
    instance(input.InstanceId);
    const contact = find(input.InitialContactId);
    contact.attributes = attributesOf({ ...contact.attributes, ...attributesOf(input.Attributes) });
    changed();
    return {};
  }

  async function answer(
    operation: string,
    before: (operation: string) => Promise<void>,
    run: () => Json | Promise<Json>,
  ): Promise<ApiResponse> {
    await before(operation);
    return { status: 200, headers: jsonHeaders(contentType), body: JSON.stringify(await run()) };
  }

  return {
    contacts: () => contacts,
    async handle({ method, path, body }, before) {
      const input = () => readJsonBody(body);
      const described = /^\/contacts\/([^/]+)\/([^/]+)$/.exec(path);
      if (method === "GET" && described)
        return answer("DescribeContact", before, () =>
          describe(decodeURIComponent(described[1]!), decodeURIComponent(described[2]!)),
        );
      switch (`${method} ${path}`) {
        case "PUT /contact/webrtc":
          return answer("StartWebRTCContact", before, () => start(input()));
        case "POST /contact/stop":
          return answer("StopContact", before, () => stop(input()));
        case "POST /contact/attributes":
          return answer("UpdateContactAttributes", before, () => update(input()));
        default:
          throw new VendorError(
            "UnknownOperationException",
            `The laptop cloud's Connect does not speak ${method} ${path}`,
            404,
          );
      }
    },
  };
}
