import {
  type ConnectClient,
  type EffectiveHoursOfOperations,
  GetCurrentMetricDataCommand,
  GetEffectiveHoursOfOperationsCommand,
  type OverrideTimeSlice,
} from "@aws-sdk/client-connect";
import type { Env } from "@/lib/env";
import { ok } from "@/lib/kernel/result";
import type { ContactCentre, OpeningHours } from "@/lib/ports/contact-centre";
import { withinDeadline } from "./client-options";
import { cloudRefusal } from "./cloud-errors";
import { bareId } from "./connect-ids";

const dayMinutes = 24 * 60;

/**
 * When Connect's support is open, and how it stands in its line. Needs `connect:GetEffectiveHoursOfOperations` and `connect:GetCurrentMetricData`.
 */
export function openSupportDesk({
  env,
  connect,
  InstanceId,
}: {
  env: Env;
  connect: ConnectClient;
  InstanceId: string;
}): Pick<ContactCentre, "openingHours" | "lineNow"> {
  const { CONNECT_SUPPORT_HOURS_ID: hoursId, CONNECT_SUPPORT_QUEUE_ID: queueId } = env;
  return {
    async openingHours({ from, to }) {
      if (!hoursId) return ok(null);
      try {
        const { EffectiveHoursOfOperationList = [], TimeZone = "UTC" } = await connect.send(
          new GetEffectiveHoursOfOperationsCommand({
            InstanceId,
            HoursOfOperationId: bareId(hoursId),
            FromDate: from,
            ToDate: to,
          }),
          withinDeadline(),
        );
        return ok({ timeZone: TimeZone, spans: EffectiveHoursOfOperationList.flatMap(spansOf) });
      } catch (thrown) {
        return cloudRefusal(thrown);
      }
    },

    async lineNow() {
      if (!queueId) return ok(null);
      try {
        const { MetricResults = [] } = await connect.send(
          new GetCurrentMetricDataCommand({
            InstanceId,
            // The one form in which the estimate is given: by queue and channel, grouped by both.
            Filters: { Queues: [bareId(queueId)], Channels: ["VOICE"] },
            Groupings: ["QUEUE", "CHANNEL"],
            CurrentMetrics: [
              { Name: "AGENTS_STAFFED", Unit: "COUNT" },
              { Name: "ESTIMATED_WAIT_TIME", Unit: "SECONDS" },
            ],
          }),
          withinDeadline(),
        );
        const collections = MetricResults[0]?.Collections ?? [];
        const told = (name: string) => collections.find(({ Metric }) => Metric?.Name === name)?.Value ?? null;
        return ok({ agentsStaffed: told("AGENTS_STAFFED"), waitSeconds: told("ESTIMATED_WAIT_TIME") });
      } catch (thrown) {
        return cloudRefusal(thrown);
      }
    },
  };
}

/** What ends at or before its beginning goes on after midnight: a day that is open throughout is 0:00 to 0:00. */
function spansOf({ Date: date, OperationalHours = [] }: EffectiveHoursOfOperations): OpeningHours["spans"] {
  if (!date) return [];
  return OperationalHours.map(({ Start, End }) => {
    const [from, until] = [minutesOf(Start), minutesOf(End)];
    return { date, from, until: until > from ? until : until + dayMinutes };
  });
}

const minutesOf = (slice: OverrideTimeSlice | undefined) => (slice?.Hours ?? 0) * 60 + (slice?.Minutes ?? 0);
