import { isSame } from "./calls";
import type { ConnectContext } from "./context";
import type { Target } from "./flow/turn";
import { type Input, invalidRequest, type Json, notFound } from "./input";

/** How long a call takes, for the estimate: nobody measures on a laptop. Seconds. */
export const callTakesSeconds = 180;

/**
 * GetContactMetrics: where a contact stands in its queue, 1 being next, and how long that may take. Nothing for one that does not wait, as with the vendor.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_GetContactMetrics.html
 */
export function getContactMetrics(connect: ConnectContext, input: Input): Json {
  connect.mustBeOurs(input.InstanceId);
  const contact = connect.contacts.find(input.ContactId);
  if (!contact) throw notFound("Contact");
  if (!Array.isArray(input.Metrics) || input.Metrics.length === 0)
    throw invalidRequest("Metrics must name at least one");
  const position = positionOf(connect, contact.contactId);
  const values: Record<string, number | null> = {
    POSITION_IN_QUEUE: position,
    ESTIMATED_WAIT_TIME: position && estimate(connect, contact.target, position),
  };
  return {
    Id: contact.contactId,
    Arn: `${connect.instance.arn}/contact/${contact.contactId}`,
    MetricResults: (input.Metrics as Input[]).flatMap(({ Name }) => {
      if (typeof Name !== "string" || !Object.hasOwn(values, Name))
        throw invalidRequest(`Metric ${String(Name).slice(0, 40)} is not known`);
      return values[Name] == null ? [] : [{ Name, Value: { Number: values[Name] } }];
    }),
  };
}

/** 1: next. Null for whoever does not wait. */
function positionOf({ calls }: ConnectContext, contactId: string): number | null {
  const waiting = calls.waiting();
  const own = waiting.find((one) => one.contactId === contactId);
  if (!own) return null;
  const sameQueue = waiting.filter(({ target }) => isSame(target, own.target));
  return sameQueue.indexOf(own) + 1;
}

/** Seconds. */
function estimate({ calls }: ConnectContext, target: Target | null, position: number): number {
  const agents = target && "queueId" in target ? calls.staffed(target.queueId).length : 1;
  return Math.round((position * callTakesSeconds) / Math.max(1, agents));
}
