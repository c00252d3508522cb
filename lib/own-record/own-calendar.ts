import { eq } from "drizzle-orm";
import { customers } from "@/db/schema";
import { err, ok, type Result } from "@/lib/kernel/result";
import { savedCalendar } from "@/lib/notifications/calendar";
import { clinicOf } from "@/lib/notifications/clinic";
import { findOwnVisit, type Patient } from "@/lib/visits/own-visit";
import { closedRefusal, type VisitClosed, type VisitUnknown } from "@/lib/visits/refusals";
import { statusOf } from "@/lib/visits/status";
import { windowEndsAt } from "@/lib/visits/window";
import type { OwnDeps } from "./deps";

/** A visit of one's own as a calendar file, which leads to one's own page: it carries no link that opens anything. */
export async function ownCalendar(
  deps: Pick<OwnDeps, "db" | "clock" | "env">,
  { patient, visitId }: { patient: Patient; visitId: string },
): Promise<Result<string, VisitUnknown | VisitClosed>> {
  const clinic = await clinicOf(deps);
  return deps.db.asActor(patient, async (tx) => {
    const found = await findOwnVisit(tx, patient, visitId);
    if (!found) return err({ code: "VISIT_UNKNOWN" } as const);
    const { visit, clinician } = found;
    const closed = closedRefusal(statusOf(visit), visit);
    if (closed) return err(closed);
    const [own] = await tx
      .select({ timeZone: customers.timeZone, locale: customers.locale })
      .from(customers)
      .where(eq(customers.id, patient.id));
    const content = savedCalendar(
      {
        visitId,
        reader: "patient",
        clinician: { title: clinician.title ?? "", firstName: clinician.firstName },
        scheduledAt: visit.scheduledAt.toISOString(),
        durationMinutes: visit.durationMinutes,
        timeZone: own?.timeZone ?? "UTC",
        locale: own?.locale ?? "en",
        link: {
          url: `${deps.env.NEXT_PUBLIC_APP_URL}/visits`,
          expiresAt: windowEndsAt(visit).toISOString(),
        },
        calendarSequence: visit.calendarSequence,
      },
      { clinic, sender: deps.env.SES_SENDER, now: deps.clock.now() },
    );
    return ok(content);
  });
}
