import type { Contact } from "./contacts";
import type { ConnectContext } from "./context";
import { type Input, invalidRequest, type Json } from "./input";

/** ListQueues. */
export function listQueues(connect: ConnectContext, instanceId: string): Json {
  connect.mustBeOurs(instanceId);
  return {
    QueueSummaryList: connect.instance.queues.map(({ id, arn, name }) => ({
      Id: id,
      Arn: arn,
      Name: name,
      QueueType: "STANDARD",
    })),
  };
}

/** ListUsers: the agents. */
export function listUsers(connect: ConnectContext, instanceId: string): Json {
  connect.mustBeOurs(instanceId);
  return {
    UserSummaryList: connect.agents.list().map(({ agentId, username }) => ({
      Id: agentId,
      Arn: `${connect.instance.arn}/agent/${agentId}`,
      Username: username,
    })),
  };
}

/** SearchUsers, by one user name. @see https://docs.aws.amazon.com/connect/latest/APIReference/API_SearchUsers.html */
export function searchUsers(connect: ConnectContext, input: Input): Json {
  connect.mustBeOurs(input.InstanceId);
  const { StringCondition: condition } = (input.SearchCriteria ?? {}) as Input;
  const { FieldName: field, Value: value, ComparisonType: comparison } = (condition ?? {}) as Input;
  if (field !== "Username" || comparison !== "EXACT" || typeof value !== "string")
    throw invalidRequest("SearchCriteria is one StringCondition: Username, EXACT");
  const users = connect.agents
    .list()
    .filter(({ username }) => username === value)
    .map(({ agentId, username }) => ({
      Id: agentId,
      Arn: `${connect.instance.arn}/agent/${agentId}`,
      Username: username,
    }));
  return { Users: users, ApproximateTotalCount: users.length };
}

const contactStates = {
  ringing: "CONNECTING",
  talking: "CONNECTED",
  consulted: "CONNECTED",
  "wrapping-up": "ENDED",
} as const;

/** GetCurrentUserData, by agents: what is at their desks. @see https://docs.aws.amazon.com/connect/latest/APIReference/API_GetCurrentUserData.html */
export function getCurrentUserData(connect: ConnectContext, instanceId: string, input: Input): Json {
  connect.mustBeOurs(instanceId);
  const { Agents: asked } = (input.Filters ?? {}) as Input;
  if (!Array.isArray(asked) || asked.length < 1 || asked.length > 100)
    throw invalidRequest("Filters has 1 to 100 Agents");
  const found = connect.agents.list().filter(({ agentId }) => asked.includes(agentId));
  return {
    UserDataList: found.map(({ agentId, work }) => {
      const contact = "contactId" in work ? connect.contacts.find(work.contactId) : undefined;
      return {
        User: { Id: agentId, Arn: `${connect.instance.arn}/agent/${agentId}` },
        Contacts: contact && "contactId" in work ? [atDesk(contact, work.kind)] : [],
      };
    }),
    ApproximateTotalCount: found.length,
  };
}

function atDesk({ contactId, handler }: Contact, kind: keyof typeof contactStates): Json {
  const state = kind === "talking" && handler?.heldSince ? "CONNECTED_ONHOLD" : contactStates[kind];
  return { ContactId: contactId, Channel: "VOICE", AgentContactState: state };
}
