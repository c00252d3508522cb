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
