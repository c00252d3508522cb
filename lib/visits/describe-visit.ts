import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { outbox, videoVisits, vouchers } from "@/db/schema";
import { isGuest } from "@/lib/kernel/party";
import { maskEmail, maskPhone } from "@/lib/kernel/phone";
import { messageState } from "@/lib/notifications/message-state";
import type { LinkStatus, VisitDetail, VisitSummary } from "./answers";
import { lastArrival } from "./arrival";
import { callAskedSince } from "./call-requests";
import { hasChat } from "./chat";
import { connectedOf, waitingSince } from "./connected";
import { lastCheck } from "./device-check";
import { feedbackOf } from "./feedback";
import type { ListedVisit, VisitWithPeople } from "./find-visit";
import { guestNames } from "./guests";
import { presenceOf } from "./presence";
import { secondsBetween } from "./refusals";
import { revokeReasons } from "./revoke-reasons";
import { type SeatRow, seatsOf } from "./seat";
import { statusOf } from "./status";
import { describeRequest, lastTimeRequest, type RequestKind, timeAskedOf } from "./time-requests";
import { windowEndsAt } from "./window";

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** @param facts.seats of this visit, as far as the reader may see them. */
export function summaryOf(
  { visit, patient, clinician }: ListedVisit,
  facts: {
    seats: readonly SeatRow[];
    callAsked: string | Date | null;
    timeAsked: { kind: RequestKind; at: string } | null;
    now: Date;
  },
): VisitSummary {
  const { seats, callAsked, timeAsked, now } = facts;
  const status = statusOf(visit);
  const active = status === "ACTIVE";
  return {
    visitId: visit.id,
    status,
    scheduledAt: visit.scheduledAt.toISOString(),
    expiresAt: windowEndsAt(visit).toISOString(),
    createdAt: visit.createdAt.toISOString(),
    duration: visit.durationMinutes,
    visitType: visit.visitType,
    channel: visit.channel,
    route: visit.route,
    patient: {
      patientId: patient.id,
      firstName: patient.firstName,
      lastName: patient.lastName,
      state: patient.state,
      timeZone: patient.timeZone,
      locale: patient.locale,
    },
    clinician: {
      clinicianId: clinician.id,
      title: clinician.title ?? "",
      firstName: clinician.firstName,
      lastName: clinician.lastName,
      timeZone: clinician.timeZone,
    },
    startedAt: iso(visit.startedAt),
    endedAt: iso(visit.endedAt),
    endReason: visit.endReason,
    cancelledAt: iso(visit.cancelledAt),
    noShowAt: iso(visit.noShowAt),
    actualDurationSeconds: secondsBetween(visit.startedAt, visit.endedAt),
    waitingSince: active ? waitingSince(seats) : null,
    connected: active ? connectedOf(seats, now) : null,
    callAskedAt: callAsked === null ? null : new Date(callAsked).toISOString(),
    timeAsked: timeAsked && { kind: timeAsked.kind, at: new Date(timeAsked.at).toISOString() },
    lateMinutes: visit.lateMinutes,
    lateUntil: iso(visit.lateUntil),
    series:
      visit.seriesId && visit.seriesPlace ? { seriesId: visit.seriesId, place: visit.seriesPlace } : null,
  };
}

type VoucherTimes = Pick<typeof vouchers.$inferSelect, "revokedAt" | "redeemedAt" | "expiresAt" | "openedAt">;
export function linkStatus(voucher: VoucherTimes, now: Date): LinkStatus {
  if (voucher.revokedAt) return "REVOKED";
  if (voucher.redeemedAt) return "REDEEMED";
  if (voucher.expiresAt <= now) return "EXPIRED";
  return voucher.openedAt ? "OPENED" : "ISSUED";
}

export function revokedWhy(reason: string | null): NonNullable<VisitDetail["links"][number]["revoked"]> {
  const byStaff = revokeReasons.find((known) => known === reason);
  if (byStaff) return byStaff;
  if (reason === "uninvited") return "uninvited";
  return reason === "reissued" || reason === "resent" || reason === "rescheduled" ? "replaced" : "closed";
}

/** Everything that staff see of one visit, but what was said in confidence. */
export async function detailOf(tx: Tx, found: VisitWithPeople, now: Date): Promise<VisitDetail> {
  const { visit, patient, clinician } = found;
  const [asked] = await tx
    .select({ callAsked: callAskedSince, timeAsked: timeAskedOf })
    .from(videoVisits)
    .where(eq(videoVisits.id, visit.id));
  const links = await tx
    .select()
    .from(vouchers)
    .where(eq(vouchers.visitId, visit.id))
    .orderBy(asc(vouchers.issuedAt));
  const messages = await tx
    .select()
    .from(outbox)
    .where(eq(outbox.visitId, visit.id))
    .orderBy(asc(outbox.createdAt));
  const guests = await guestNames(
    tx,
    links.flatMap((link) => (isGuest(link.party) ? [link.subject] : [])),
  );
  const guestOf = new Map(links.map((link) => [link.id, guests.get(link.subject) ?? null]));
  const presence = await presenceOf(tx, visit.id);
  const said = await lastArrival(tx, visit.id);
  const checked = await lastCheck(tx, visit.id);
  const requested = await lastTimeRequest(tx, visit.id);
  return {
    ...summaryOf(found, {
      seats: await seatsOf(tx, visit.id),
      callAsked: asked?.callAsked ?? null,
      timeAsked: asked?.timeAsked ?? null,
      now,
    }),
    updatedAt: visit.updatedAt.toISOString(),
    cancelReason: visit.cancelReason,
    recordingEnabled: visit.recordingEnabled,
    hasChiefComplaint: visit.chiefComplaint !== null,
    hasClinicalNotes: visit.clinicalNotes !== null,
    arrival: said && {
      at: said.createdAt.toISOString(),
      consentVersion: said.consentVersion,
      consentLanguage: said.consentLanguage,
      licensed: said.licensed,
    },
    presence: presence.map(({ party, cameAt, seenAt, leftAt }) => ({
      party,
      cameAt: cameAt.toISOString(),
      seenAt: seenAt.toISOString(),
      leftAt: iso(leftAt),
    })),
    hasChat: await hasChat(tx, visit.id),
    feedback: await feedbackOf(tx, visit.id),
    deviceCheck: checked && { ...checked, at: checked.at.toISOString() },
    timeRequest: requested && describeRequest(requested, visit.patientId),
    contacts: {
      patient: {
        phone: patient.phone && maskPhone(patient.phone),
        email: patient.email && maskEmail(patient.email),
      },
      clinician: { email: maskEmail(clinician.email) },
    },
    links: links.map((link) => ({
      tokenId: link.id,
      party: link.party,
      guestName: guestOf.get(link.id) ?? null,
      status: linkStatus(link, now),
      issuedAt: link.issuedAt.toISOString(),
      expiresAt: link.expiresAt.toISOString(),
      openedAt: iso(link.openedAt),
      redeemedAt: iso(link.redeemedAt),
      revoked: link.revokedAt && revokedWhy(link.revokeReason),
    })),
    messages: messages.map((message) => ({
      messageId: message.id,
      kind: message.kind,
      party: message.party ?? "patient",
      guestName: guestOf.get(message.voucherId ?? "") ?? null,
      template: message.template,
      to: message.kind === "sms" ? maskPhone(message.recipient) : maskEmail(message.recipient),
      status: messageState(message),
      createdAt: message.createdAt.toISOString(),
      sentAt: iso(message.sentAt),
      settledAt: iso(
        message.bouncedAt ??
          message.deliveredAt ??
          message.undeliverableAt ??
          message.failedAt ??
          message.droppedAt,
      ),
      reason: message.deliveryReason ?? message.failure,
    })),
  };
}
