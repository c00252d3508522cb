import type { Refusal } from "@/lib/kernel/result";
import type { GuessLimited } from "@/lib/limits/guess-limits";
import type { CloudRefusal } from "@/lib/ports/meetings";
import type { PatientEvidence } from "./patient-evidence";
import type { VisitStatus } from "./status";

/** The signed-in person or key may not do this at all. 403. */
export type Forbidden = { code: "FORBIDDEN" };
/** No such visit, or one that this actor may not see: the same answer. 404. */
export type VisitUnknown = { code: "VISIT_UNKNOWN" };
/** The visit is closed and stays so. 410 for a link's holder, 409 for staff. */
export type VisitClosed =
  | { code: "VISIT_CANCELLED" }
  | {
      code: "VISIT_ENDED";
      status: "COMPLETED" | "NO_SHOW";
      endedAt: string | null;
      durationSeconds: number | null;
    };

export type ScheduleRefusal =
  | Forbidden
  | { code: "PATIENT_UNKNOWN" }
  | { code: "CLINICIAN_UNKNOWN" }
  /** 422. `state`: the patient's; `on`: the visit's day there, `YYYY-MM-DD`. */
  | { code: "CLINICIAN_NOT_LICENSED"; state: string; on: string }
  /** 409. The clinician has another visit then. */
  | { code: "SLOT_TAKEN" }
  /** 422. The planned end has passed. */
  | { code: "VISIT_IN_PAST" };

export type RescheduleRefusal = ScheduleRefusal | VisitUnknown | VisitClosed | { code: "VISIT_ACTIVE" };
export type CancelRefusal = Forbidden | VisitUnknown | VisitClosed;

/** 409. The window has closed: a link would open nothing. */
type WindowClosed = { code: "VISIT_WINDOW_CLOSED" };
export type LinksRefusal = Forbidden | VisitUnknown | VisitClosed | WindowClosed;
/** 409 `GUESTS_FULL`, `GUESTS_NEED_MEETING`: on route `connect` the contact centre brings the people together, two of them. */
export type GuestsRefusal = { code: "GUESTS_FULL" } | { code: "GUESTS_NEED_MEETING" };
export type InviteRefusal = LinksRefusal | GuestsRefusal;
export type BookRefusal = ScheduleRefusal | GuestsRefusal;
/**
 * 422 `SERIES_SIZE`: fewer than two dates, or more than `max`. 409 `SERIES_DATES_REFUSED`: these cannot be booked, and so none was; left out or
 * moved, the others can. 409 `SERIES_ID_USED`: another series was booked by this id.
 */
export type SeriesRefusal =
  | Exclude<BookRefusal, { code: "SLOT_TAKEN" | "VISIT_IN_PAST" | "CLINICIAN_NOT_LICENSED" }>
  | { code: "SERIES_SIZE"; max: number }
  | { code: "SERIES_DATES_REFUSED"; dates: RefusedDate[] }
  | { code: "SERIES_ID_USED" };
/** Another visit in the way: ISO times, and with whom. */
export type InTheWay = {
  visitId: string;
  scheduledAt: string;
  endsAt: string;
  patient: string;
  clinician: string;
};
/** As `scheduleVisit` would refuse it, and what is in the way. */
export type WeighedRefusal = ScheduleRefusal & { visit?: InTheWay };
/** One date of several, and why it cannot be. `scheduledAt`: ISO 8601, UTC. */
export type RefusedDate = { scheduledAt: string; refusals: WeighedRefusal[] };
/** 409 `NOT_REPEATED`: the visit is one by itself. */
export type FollowingRefusal = CancelRefusal | { code: "NOT_REPEATED" };
export type ShiftRefusal =
  | FollowingRefusal
  | { code: "VISIT_ACTIVE" }
  | { code: "SERIES_DATES_REFUSED"; dates: RefusedDate[] };
/** 422 `NO_CONTACT`: nothing on file for the asked channel and recipients. */
export type NotifyRefusal = LinksRefusal | { code: "NO_CONTACT" };

export type ResendRefusal =
  | NotifyRefusal
  | LinkRefusal
  | GuessLimited
  | { code: "GUEST_UNKNOWN" }
  | { code: "RESEND_LIMITED"; retryAfterSeconds: number };

/** What `lib/vouchers` refuses, as seen by a link's holder: 401, 404, 410, 409. */
export type LinkRefusal = Refusal<
  | "TOKEN_INVALID"
  | "TOKEN_NOT_YET_VALID"
  | "CODE_UNKNOWN"
  | "TOKEN_EXPIRED"
  | "TOKEN_REUSED"
  | "TOKEN_REVOKED"
>;

/**
 * 409 `NOT_LICENSED_THERE`: the clinician holds no licence where the patient says they are; the link was not spent. 409 `CONSENT_OUTDATED`:
 * the text has changed since; 403 `PATIENTS_ONLY`: nobody else is asked; 422 `NUMBER_NEEDED`: none is on file.
 */
export type ArrivalRefusal =
  | LinkRefusal
  | GuessLimited
  | VisitClosed
  | { code: "PATIENTS_ONLY" }
  | { code: "CONSENT_OUTDATED"; version: string }
  | { code: "NUMBER_NEEDED" }
  | { code: "NOT_LICENSED_THERE" };

/** 404: no code of ours, or its visit is over: the same answer. 429 `CHECKS_LIMITED`: recorded often enough. */
export type CheckRefusal =
  | GuessLimited
  | { code: "CODE_UNKNOWN" }
  | { code: "CHECKS_LIMITED"; retryAfterSeconds: number };
/** A check's own meeting was not made. 429 `CHECKS_LIMITED`: enough were; 503: the cloud is busy. */
export type ConnectionRefusal = CheckRefusal | LinkRefusal | VisitClosed | CloudRefusal;

export type StartRefusal =
  /** 409: on our pages a patient says first where they are, and that they agree. Nothing was spent. */
  | { code: "CONSENT_REQUIRED"; version: string }
  | { code: "NOT_LICENSED_THERE" }
  | LinkRefusal
  | GuessLimited
  | VisitClosed
  /** 503 with Retry-After; the link stays with its holder, who may repeat. */
  | CloudRefusal
  /** 502: the cloud refuses this contact and will again. */
  | { code: "CONTACT_REFUSED"; reason: string }
  /** 409: six are inside. */
  | { code: "MEETING_FULL" }
  /** 403: staff took this seat out of the visit; admitting it again lets it back. */
  | { code: "PARTY_REMOVED" }
  /** 409: on route `connect` the clinician answers the contact at the desk; the link was not spent. */
  | { code: "ANSWER_AT_DESK" };

/** 404: no such seat in this visit. 409 `VISIT_NOT_ACTIVE`: nobody has joined. */
export type SeatRefusal =
  | Forbidden
  | VisitUnknown
  | VisitClosed
  | CloudRefusal
  | { code: "SEAT_UNKNOWN" }
  | { code: "VISIT_NOT_ACTIVE" };

/** 409 `SPEAKS_ANYWAY`: not a student, so there is nothing to allow. */
export type SpeakRefusal = Exclude<SeatRefusal, { code: "VISIT_NOT_ACTIVE" }> | { code: "SPEAKS_ANYWAY" };

/** 403 `NOT_ADMITTED`: not (or no longer) in the call. 409 `CHAT_FULL`: no more lines of this link are kept. */
export type KeepChatRefusal = VisitUnknown | { code: "NOT_ADMITTED" } | { code: "CHAT_FULL" };

/** 422 `NUMBER_NEEDED`: none was given and none is on file. 409 `CALL_ASKED_ENOUGH`: staff have seen it. */
export type AskCallRefusal =
  | VisitUnknown
  | { code: "PATIENTS_ONLY" }
  | { code: "FEEDBACK_CLOSED" }
  | { code: "NUMBER_NEEDED" }
  | { code: "CALL_ASKED_ENOUGH" };

/** 409 `NOBODY_WAITS`: no patient is in the waiting room. */
export type SayRefusal = Forbidden | VisitUnknown | VisitClosed | { code: "NOBODY_WAITS" };

/** 410 `FEEDBACK_CLOSED`: more than a day after the visit. 409 `REPORTS_ENOUGH`: this link has sent all that it may. */
export type FeedbackRefusal =
  | VisitUnknown
  | { code: "PATIENTS_ONLY" }
  | { code: "FEEDBACK_CLOSED" }
  | { code: "REPORTS_ENOUGH" };

/** 401: no such session, or another visit's. */
export type SessionRefusal = { code: "SESSION_INVALID" };
export type EndRefusal =
  | SessionRefusal
  | Forbidden
  | VisitUnknown
  | VisitClosed
  | { code: "VISIT_NOT_ACTIVE" };
export type NoShowRefusal =
  | Forbidden
  | VisitUnknown
  | VisitClosed
  | { code: "VISIT_NOT_BEGUN" }
  /** 409: they were there, and this says when. */
  | { code: "PATIENT_PRESENT"; evidence: PatientEvidence };

export type ClosedFacts = {
  startedAt: Date | null;
  endedAt: Date | null;
};

/** Why a closed visit refuses; null while it is open. */
export function closedRefusal(status: VisitStatus, visit: ClosedFacts): VisitClosed | null {
  if (status === "CANCELLED") return { code: "VISIT_CANCELLED" };
  if (status !== "COMPLETED" && status !== "NO_SHOW") return null;
  const endedAt = visit.endedAt?.toISOString() ?? null;
  return {
    code: "VISIT_ENDED",
    status,
    endedAt,
    durationSeconds: secondsBetween(visit.startedAt, visit.endedAt),
  };
}

export function secondsBetween(from: Date | null, to: Date | null): number | null {
  return from && to ? Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000)) : null;
}
