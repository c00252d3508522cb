import type { ConnectContext } from "./context";
import type { Json } from "./input";

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
