import { and, asc, eq, gt, gte, inArray, isNull, lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers, outbox, reminders, videoVisits } from "@/db/schema";
import { sweeper } from "@/lib/kernel/actor";
import { type Clinic, clinicOf } from "@/lib/notifications/clinic";
import { isQuiet, nextQuiet } from "@/lib/notifications/quiet-hours";
import {
  defaultReminders,
  type ReminderRules,
  type ReminderSchedule,
  reminderEnds,
  reminderMoment,
  reminderSchedules,
} from "@/lib/notifications/reminder-moment";
import { type Addressee, guestAddressee, principalOf, reachable } from "./addressee";
import type { Need } from "./deps";
import { isFine, issueCheckLink, lastCheck } from "./device-check";
import { findVisit, type VisitRow, type VisitWithPeople } from "./find-visit";
import { guestsOf } from "./guests";
import type { Whose } from "./link-codes";
import { linkToSend } from "./send-links";
import { statusOf } from "./status";
import { canReach, tell, tellParty } from "./tell-party";
import { toldParties } from "./told-parties";

/** No reminder goes earlier than this before its visit: the day before as early as the clinic may say, and the longest quiet. */
const horizonMs = 72 * 3_600_000;
/** When a link that was promised goes, where the clinic sends no reminders: the day before. */
const linkAlone: ReminderRules = { ...defaultReminders, hours: { on: false, before: 1 } };
/** Whoever got one of these after a reminder's moment knows already. */
const telling = ["initial", "resend", "rescheduled", "reminder", "series", "series-moved"];

type Deps = Need<"db" | "clock" | "keyring" | "signer" | "env" | "log">;
type Due = {
  visitId: string;
  schedule: ReminderSchedule;
  start: Date;
  moment: Date;
  timeZone: string;
  /** The clinic sends no reminders: it goes only to whoever was promised a link with the first of several visits and has none yet. */
  owed: boolean;
};

/**
 * Reminds patients the day before and some hours before, as the clinic says, in their zone, outside their quiet hours, with the link that they have or a new
 * one if that no longer opens; the day before, with a link to a device check too. Any number of workers may run it: one reminder of each kind for each start, by the table's key. A visit
 * that was moved is reminded of anew; one that is cancelled, over or under way is not.
 * @returns how many were queued.
 */
export async function sendReminders(deps: Deps): Promise<number> {
  const clinic = await clinicOf(deps);
  let queued = 0;
  for (const due of await dueReminders(deps, clinic))
    try {
      if (await remind(deps, clinic, due)) queued++;
    } catch (error) {
      // One that cannot be sent must not keep the others from going.
      deps.log.error({ err: error, visitId: due.visitId, schedule: due.schedule }, "a reminder failed");
    }
  return queued;
}

async function dueReminders({ db, clock }: Deps, { quiet, reminders: rules }: Clinic): Promise<Due[]> {
  const now = clock.now();
  const was = (schedule: ReminderSchedule) => sql<boolean>`EXISTS (
    SELECT 1 FROM ${reminders} r WHERE r.visit_id = ${videoVisits.id} AND r.party = 'patient'
      AND r.schedule = ${schedule} AND r.for_start = ${videoVisits.scheduledAt})`;
  const rows = await db.asActor(sweeper, (tx) =>
    tx
      .select({
        visitId: videoVisits.id,
        seriesId: videoVisits.seriesId,
        start: videoVisits.scheduledAt,
        bookedAt: videoVisits.createdAt,
        timeZone: customers.timeZone,
        day: was("day"),
        hour: was("hour"),
      })
      .from(videoVisits)
      .innerJoin(customers, eq(customers.id, videoVisits.patientId))
      .where(
        and(
          isNull(videoVisits.startedAt),
          isNull(videoVisits.endedAt),
          isNull(videoVisits.cancelledAt),
          isNull(videoVisits.noShowAt),
          gt(videoVisits.scheduledAt, now),
          lt(videoVisits.scheduledAt, new Date(now.getTime() + horizonMs)),
        ),
      )
      .orderBy(asc(videoVisits.scheduledAt)),
  );
  const silent = !rules.day.on && !rules.hours.on;
  return rows.flatMap(({ visitId, seriesId, start, bookedAt, timeZone, ...done }) =>
    reminderSchedules.flatMap((schedule) => {
      const owed = silent && seriesId !== null;
      if (done[schedule] || now >= reminderEnds(schedule, start)) return [];
      const moment = reminderMoment(schedule, start, timeZone, quiet, owed ? linkAlone : rules);
      // Booked after its moment: the booking itself is news enough. Late, because no worker ran: not into the night.
      if (!moment || moment > now || moment <= bookedAt || isQuiet(now, timeZone, quiet)) return [];
      return [{ visitId, schedule, start, moment, timeZone, owed }];
    }),
  );
}

async function remind(deps: Deps, { quiet }: Clinic, due: Due): Promise<boolean> {
  const { visitId, schedule, start, timeZone } = due;
  const party = "patient";
  return deps.db.asActor(sweeper, async (tx) => {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found || statusOf(found.visit) !== "SCHEDULED") return false;
    const { visit } = found;
    if (visit.scheduledAt.getTime() !== start.getTime()) return false; // moved a moment ago
    if (due.owed && !(await owesLink(tx, visit))) return false;
    const now = deps.clock.now();
    const first = await tx
      .insert(reminders)
      .values({ visitId, party, schedule, forStart: start, queuedAt: now })
      .onConflictDoNothing()
      .returning({ visitId: reminders.visitId });
    if (first.length === 0) return false;
    const uselessAt = earliest(reminderEnds(schedule, start), nextQuiet(now, timeZone, quiet));
    await tellOthers(deps, tx, found, uselessAt);
    if (await toldSince(tx, due)) return false;
    const channel = canReach(found, party, visit.channel) ? visit.channel : "both";
    const link = canReach(found, party, channel)
      ? await linkToSend(deps, tx, { visit, whose: { party }, actor: sweeper })
      : null;
    if (!link) return false;
    // The day before there is time to put right what doesn't work; an hour before there is not.
    const checked = schedule === "day" ? await lastCheck(tx, visitId) : null;
    const check =
      schedule === "day" && !(checked && isFine(checked))
        ? await issueCheckLink(deps, tx, { visitId, actor: sweeper })
        : undefined;
    await tellParty(deps, tx, found, {
      party,
      template: "reminder",
      channel,
      link,
      check,
      uselessAt,
      actor: sweeper,
    });
    return true;
  });
}

/** The patient was told of it with the first of several visits, and has had no message of its own. */
async function owesLink(tx: Tx, visit: VisitRow): Promise<boolean> {
  const told = await toldParties(tx, visit);
  const own = await toldParties(tx, { ...visit, seriesId: null });
  const knows = (parties: typeof told) => parties.some(({ party }) => party === "patient");
  return knows(told) && !knows(own);
}

/**
 * With the patient's reminder, those get their link who have had no message of this very visit: guests, and the clinician of one that
 * repeats who was told of it with the first.
 */
async function tellOthers(deps: Deps, tx: Tx, found: VisitWithPeople, uselessAt: Date): Promise<void> {
  const { visit } = found;
  const had = await tx
    .selectDistinct({ recipient: outbox.recipient })
    .from(outbox)
    .where(and(eq(outbox.visitId, visit.id), isNull(outbox.failedAt)));
  const known = new Set(had.map(({ recipient }) => recipient));
  const knewOfSeries = await toldParties(tx, visit);
  const others: { to: Addressee; whose: Whose }[] = [
    ...knewOfSeries
      .filter(({ party }) => party === "clinician")
      .map(({ party }) => ({ to: principalOf(found, party), whose: { party } })),
    ...(await guestsOf(tx, visit.id)).map((guest) => ({
      to: guestAddressee(guest),
      whose: { party: guest.role, guestId: guest.id },
    })),
  ];
  for (const { to, whose } of others) {
    if (
      !reachable(to, "both") ||
      [to.sms, to.email].some((contact) => contact !== null && known.has(contact))
    )
      continue;
    const link = await linkToSend(deps, tx, { visit, whose, actor: sweeper });
    if (!link) continue;
    await tell(deps, tx, found, to, {
      template: "reminder",
      channel: "both",
      link,
      uselessAt,
      actor: sweeper,
    });
  }
}

async function toldSince(tx: Tx, { visitId, moment }: Due): Promise<boolean> {
  const [message] = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.visitId, visitId),
        eq(outbox.party, "patient"),
        inArray(outbox.template, telling),
        gte(outbox.createdAt, moment),
        isNull(outbox.failedAt),
      ),
    )
    .limit(1);
  return message !== undefined;
}

const earliest = (one: Date, other: Date | null) => (other && other < one ? other : one);
