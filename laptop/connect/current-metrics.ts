import { isAvailable } from "./agents";
import type { ConnectContext } from "./context";
import { bareId, type Input, invalidRequest, type Json, notFound } from "./input";
import { callTakesSeconds } from "./metrics";

const units: Record<string, string> = {
  AGENTS_AVAILABLE: "COUNT",
  AGENTS_STAFFED: "COUNT",
  CONTACTS_IN_QUEUE: "COUNT",
  ESTIMATED_WAIT_TIME: "SECONDS",
};

/**
 * GetCurrentMetricData, in the one form in which ESTIMATED_WAIT_TIME is given: by queues and channels, grouped by both.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_GetCurrentMetricData.html
 */
export function getCurrentMetricData(connect: ConnectContext, instanceId: string, input: Input): Json {
  connect.mustBeOurs(instanceId);
  const { Queues: queues, Channels: channels } = (input.Filters ?? {}) as Input;
  if (!Array.isArray(queues) || queues.length < 1 || queues.length > 100)
    throw invalidRequest("Filters has 1 to 100 Queues");
  if (!Array.isArray(channels) || channels.length !== 1 || channels[0] !== "VOICE")
    throw invalidRequest("Filters has Channels, which is VOICE here");
  if (String(input.Groupings) !== "QUEUE,CHANNEL") throw invalidRequest("Groupings are QUEUE and CHANNEL");
  const metrics = metricsOf(input.CurrentMetrics);
  return {
    MetricResults: queues.map((id) => {
      const queue = connect.instance.queue(String(id)) ?? connect.instance.queue(bareId(id));
      if (!queue) throw notFound("Queue");
      const values = valuesOf(connect, queue.arn);
      return {
        Dimensions: { Queue: { Id: queue.id, Arn: queue.arn }, Channel: "VOICE" },
        // A value that cannot be worked out is left out.
        Collections: metrics.map((Name) => ({
          Metric: { Name, Unit: units[Name] },
          ...(values[Name] == null ? {} : { Value: values[Name] }),
        })),
      };
    }),
    DataSnapshotTime: connect.now() / 1000,
    ApproximateTotalCount: queues.length,
  };
}

function metricsOf(given: unknown): string[] {
  if (!Array.isArray(given) || given.length === 0)
    throw invalidRequest("CurrentMetrics must name at least one");
  return (given as Input[]).map(({ Name, Unit }) => {
    if (typeof Name !== "string" || !Object.hasOwn(units, Name))
      throw invalidRequest(`Metric ${String(Name).slice(0, 40)} is not known`);
    if (Unit !== undefined && Unit !== units[Name]) throw invalidRequest(`${Name} is in ${units[Name]}`);
    return Name;
  });
}

function valuesOf({ calls }: ConnectContext, queueArn: string): Record<string, number | null> {
  const waiting = calls
    .waiting()
    .filter(({ target }) => "queueId" in target && target.queueId === queueArn).length;
  const staffed = calls.staffed(queueArn);
  const free = staffed.filter(isAvailable).length;
  const wait =
    free > waiting ? 0 : Math.round(((waiting + 1) * callTakesSeconds) / Math.max(1, staffed.length));
  return {
    AGENTS_AVAILABLE: free,
    AGENTS_STAFFED: staffed.length,
    CONTACTS_IN_QUEUE: waiting,
    // Nobody there: no telling.
    ESTIMATED_WAIT_TIME: staffed.length === 0 ? null : wait,
  };
}
