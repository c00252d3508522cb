import {
  type AssociatedContactSummary,
  ConnectClient,
  DescribeContactCommand,
  GetContactMetricsCommand,
  ListAssociatedContactsCommand,
  SearchUsersCommand,
  StartWebRTCContactCommand,
  StopContactCommand,
  UpdateContactAttributesCommand,
} from "@aws-sdk/client-connect";
import type { Env } from "@/lib/env";
import { err, ok } from "@/lib/kernel/result";
import type { ContactCentre } from "@/lib/ports/contact-centre";
import { toAttendee, toMeeting } from "./chime-meetings";
import { clientOptions, withinDeadline } from "./client-options";
import { cloudRefusal, errorName } from "./cloud-errors";
import { bareId } from "./connect-ids";
import { openKeypad } from "./connect-keypad";
import { openSupportDesk } from "./connect-support-desk";

const refusedByConnect = new Set([
  "InvalidRequestException",
  "InvalidParameterException",
  "AccessDeniedException",
]);
/** How a contact begins that a call is handed on as. */
const handOns = new Set(["TRANSFER", "QUEUE_TRANSFER"]);
const missing = new Set(["ResourceNotFoundException", "ContactNotFoundException"]);

/** Amazon Connect. */
export function connectContactCentre({ env }: { env: Env }): ContactCentre {
  const connect = new ConnectClient(clientOptions(env));
  const InstanceId = bareId(env.CONNECT_INSTANCE_ID);
  const flows = { video: bareId(env.CONNECT_VIDEO_FLOW_ID), support: bareId(env.CONNECT_SUPPORT_FLOW_ID) };

  /** @returns false: it has ended. */
  async function stopOne(ContactId: string | undefined): Promise<boolean> {
    try {
      await connect.send(new StopContactCommand({ InstanceId, ContactId }), withinDeadline());
      return true;
    } catch (thrown) {
      if (missing.has(errorName(thrown))) return false;
      throw thrown;
    }
  }

  /** The contacts that a call became when it was handed on. */
  async function handedOn(contactId: string): Promise<AssociatedContactSummary[]> {
    const { ContactSummaryList = [] } = await connect.send(
      new ListAssociatedContactsCommand({ InstanceId, ContactId: contactId, MaxResults: 100 }),
      withinDeadline(),
    );
    return ContactSummaryList.filter(
      ({ ContactId, InitialContactId, InitiationMethod }) =>
        ContactId !== contactId && InitialContactId === contactId && handOns.has(InitiationMethod ?? ""),
    );
  }

  return {
    async startWebRtcContact({ clientToken, flow, displayName, attributes, video }) {
      try {
        const answer = await connect.send(
          new StartWebRTCContactCommand({
            InstanceId,
            ContactFlowId: flows[flow],
            ClientToken: clientToken,
            ParticipantDetails: { DisplayName: displayName },
            Attributes: attributes,
            // Without AllowedCapabilities Connect gives sound alone.
            ...(video && { AllowedCapabilities: { Customer: { Video: "SEND" }, Agent: { Video: "SEND" } } }),
          }),
          withinDeadline(),
        );
        const { ContactId, ParticipantId, ParticipantToken, ConnectionData } = answer;
        if (!ContactId || !ParticipantId || !ParticipantToken)
          throw new Error("Connect answered without a contact");
        return ok({
          contactId: ContactId,
          instanceId: InstanceId,
          participantId: ParticipantId,
          participantToken: ParticipantToken,
          meeting: toMeeting(ConnectionData?.Meeting),
          attendee: { ...toAttendee(ConnectionData?.Attendee), externalUserId: displayName },
        });
      } catch (thrown) {
        if (refusedByConnect.has(errorName(thrown)))
          return err({ code: "CONTACT_REFUSED", reason: errorName(thrown) });
        return cloudRefusal(thrown);
      }
    },

    async findAgent(username) {
      try {
        const { Users = [] } = await connect.send(
          new SearchUsersCommand({
            InstanceId,
            MaxResults: 1,
            SearchCriteria: {
              StringCondition: { FieldName: "Username", Value: username, ComparisonType: "EXACT" },
            },
          }),
          withinDeadline(),
        );
        return ok(Users[0]?.Id ?? null);
      } catch (thrown) {
        return cloudRefusal(thrown);
      }
    },

    async stopContact(contactId) {
      try {
        if (await stopOne(contactId)) return ok(undefined);
        // It had ended: the call may have been handed on.
        for (const leg of await handedOn(contactId))
          if (!leg.DisconnectTimestamp) await stopOne(leg.ContactId);
        return ok(undefined);
      } catch (thrown) {
        return missing.has(errorName(thrown)) ? ok(undefined) : cloudRefusal(thrown);
      }
    },

    async describeContact(contactId) {
      try {
        const { Contact } = await connect.send(
          new DescribeContactCommand({ InstanceId, ContactId: contactId }),
          withinDeadline(),
        );
        const ended = Contact?.DisconnectTimestamp ?? null;
        return ok({
          contactId,
          firstContactId: Contact?.InitialContactId || contactId,
          initiationMethod: Contact?.InitiationMethod ?? "",
          connectedToAgentAt: Contact?.AgentInfo?.ConnectedToAgentTimestamp ?? null,
          disconnectedAt: ended && lastEnd(ended, await handedOn(contactId)),
        });
      } catch (thrown) {
        return missing.has(errorName(thrown)) ? err({ code: "CONTACT_UNKNOWN" }) : cloudRefusal(thrown);
      }
    },

    async placeInLine(contactId) {
      try {
        const { MetricResults = [] } = await connect.send(
          new GetContactMetricsCommand({
            InstanceId,
            ContactId: contactId,
            Metrics: [{ Name: "POSITION_IN_QUEUE" }, { Name: "ESTIMATED_WAIT_TIME" }],
          }),
          withinDeadline(),
        );
        const numberOf = (name: string) =>
          MetricResults.find(({ Name }) => Name === name)?.Value?.Number ?? null;
        const position = numberOf("POSITION_IN_QUEUE");
        return ok(position === null ? null : { position, waitSeconds: numberOf("ESTIMATED_WAIT_TIME") });
      } catch (thrown) {
        return missing.has(errorName(thrown)) ? err({ code: "CONTACT_UNKNOWN" }) : cloudRefusal(thrown);
      }
    },

    ...openSupportDesk({ env, connect, InstanceId }),

    pressKeys: openKeypad(env),

    async updateAttributes(contactId, attributes) {
      try {
        await connect.send(
          new UpdateContactAttributesCommand({
            InstanceId,
            InitialContactId: contactId,
            Attributes: attributes,
          }),
          withinDeadline(),
        );
        return ok(undefined);
      } catch (thrown) {
        return missing.has(errorName(thrown)) ? err({ code: "CONTACT_UNKNOWN" }) : cloudRefusal(thrown);
      }
    },
  };
}

/** When the last of a call's contacts ended; null: one of them stands. */
function lastEnd(first: Date, legs: AssociatedContactSummary[]): Date | null {
  let last = first;
  for (const { DisconnectTimestamp: ended } of legs) {
    if (!ended) return null;
    if (ended > last) last = ended;
  }
  return last;
}
