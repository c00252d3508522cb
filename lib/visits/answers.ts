/**
 * What the use cases answer: plain JSON in the seed's names, so that a route may return it as it is.
 * Every instant is an ISO 8601 string in UTC.
 */

import type { SurveyAnswer } from "@/lib/kernel/measured";
import type { GuestRole, Party, Principal } from "@/lib/kernel/party";
import type { Repeats } from "@/lib/kernel/recurrence";
import type { WaitingWords } from "@/lib/kernel/waiting-presets";
import type { MessageState } from "@/lib/notifications/message-state";
import type { Attendee, Meeting } from "@/lib/ports/meetings";
import type { LiveRecording } from "@/lib/recordings/live-recording";
import type { DeviceFindings } from "./device-check";
import type { Feedback } from "./feedback";
import type { RevokeReason } from "./revoke-reasons";
import type { VisitStatus } from "./status";
import type { TimeRequest } from "./time-requests";
import type { LinkWarning } from "./window";

export type { Party };
export type Channel = "sms" | "email" | "both";
export type Route = "meeting" | "connect";

/** POST /api/visits. */
export type ScheduledVisit = {
  visitId: string;
  status: VisitStatus;
  scheduledAt: string;
  /** The end of the joining window: planned end + 15 minutes. */
  expiresAt: string;
  createdAt: string;
};

/** POST /api/visits/series, 201. By time; `sent`: the links of the first are on their way. */
export type BookedSeries = { seriesId: string; visits: ScheduledVisit[]; sent: boolean };

/** POST /api/visits/:id/shift: this visit and those that followed it, where they are now. */
export type ShiftedVisits = { visits: { visitId: string; scheduledAt: string }[] };

/** GET /api/visits/:id/series. `booked`: how many there were at first; `place`: which of them, wherever it was moved since. */
export type SeriesOfVisit = {
  seriesId: string;
  repeats: Repeats;
  timeZone: string;
  booked: number;
  visits: { visitId: string; place: number; scheduledAt: string; status: VisitStatus }[];
};

export type VisitSummary = ScheduledVisit & {
  /** Planned minutes. */
  duration: number;
  visitType: string | null;
  channel: Channel;
  route: Route;
  patient: {
    patientId: string;
    firstName: string;
    lastName: string;
    state: string;
    timeZone: string;
    locale: string;
  };
  clinician: { clinicianId: string; title: string; firstName: string; lastName: string; timeZone: string };
  startedAt: string | null;
  endedAt: string | null;
  endReason: string | null;
  cancelledAt: string | null;
  noShowAt: string | null;
  /** Seconds from first to last, once completed. */
  actualDurationSeconds: number | null;
  /** Since when somebody waits to be let in. */
  waitingSince: string | null;
  /** Of a visit under way: who is connected, as their pages told last. Null: not under way, or not for this reader. */
  connected: Connected | null;
  /** Since when a patient waits to be called on the telephone instead; null: nobody asked, or somebody has seen to it. */
  callAskedAt: string | null;
  /** The patient asks for another time, or can't come, and waits for an answer. */
  timeAsked: { kind: "move" | "cancel"; at: string } | null;
  /** Running late: by how many minutes, and when it is now expected to begin. */
  lateMinutes: number | null;
  lateUntil: string | null;
  /** Of visits that were booked together: `place` 1 is the first. Null: one by itself. */
  series: { seriesId: string; place: number } | null;
};

export type Connected = {
  patient: Connection;
  clinician: Connection;
  /** How many others. */
  guests: number;
  /** Somebody who waits to be let in is there. */
  waiting: boolean;
  /** Since when patient and clinician are in together; null: they are not. */
  togetherSince: string | null;
};
/** `lastSeenAt` null: never came. `left`: they said so, or were taken out; else their page is silent. */
export type Connection = { here: boolean; admitted: boolean; left: boolean; lastSeenAt: string | null };

export type LinkStatus = "ISSUED" | "OPENED" | "REDEEMED" | "EXPIRED" | "REVOKED";
export type VisitDetail = VisitSummary & {
  updatedAt: string;
  cancelReason: string | null;
  recordingEnabled: boolean;
  /** The reason itself is read, and audited, by readComplaint. */
  hasChiefComplaint: boolean;
  hasClinicalNotes: boolean;
  /** Something that was written in the call was kept; it is read, and audited, by readChat. False where the reader may not. */
  hasChat: boolean;
  /** What the patient said last at the door. Where they are is read, and audited, by readArrival. Null: nothing, or not for this reader. */
  arrival: { at: string; consentVersion: string; consentLanguage: string; licensed: boolean } | null;
  /** Who was connected when, oldest first. `leftAt` null: still there, or lost after `seenAt`. */
  presence: { party: Party; cameAt: string; seenAt: string; leftAt: string | null }[];
  /** How it was, as patients said, and what went wrong with the technique; oldest first. Empty where the reader may not see it. */
  feedback: Feedback;
  /** What came of the newest device check; null: none yet, or not for this reader. */
  deviceCheck: ({ at: string } & DeviceFindings) | null;
  /** What the patient asked last: it waits, or was answered. Its words are read, and audited, by readRequestWords. */
  timeRequest: TimeRequest | null;
  /** Contact on file, masked. */
  contacts: { patient: { phone: string | null; email: string | null }; clinician: { email: string | null } };
  links: {
    tokenId: string;
    party: Party;
    /** A guest's; null: not a guest's link. */
    guestName: string | null;
    status: LinkStatus;
    issuedAt: string;
    expiresAt: string;
    openedAt: string | null;
    redeemedAt: string | null;
    /** Why it was taken back, where it was: a newer one came, its guest was uninvited, the visit is over, or what a colleague said. */
    revoked: "replaced" | "uninvited" | "closed" | RevokeReason | null;
  }[];
  messages: {
    messageId: string;
    kind: "sms" | "email";
    party: Party;
    /** A guest's, where it carried their link. */
    guestName: string | null;
    template: string;
    to: string;
    status: MessageState;
    createdAt: string;
    sentAt: string | null;
    /** When the state was last told: delivered, bounced, given up. */
    settledAt: string | null;
    /** Why it was not delivered: ours or the provider's word. */
    reason: string | null;
  }[];
};

export type JoinLink = { token: string; link: string; expiresAt: string; tokenId: string };
/** POST /api/visits/:id/links. */
export type JoinLinks = { patient?: JoinLink; clinician?: JoinLink; warnings: LinkWarning[] };

export type MessageReceipt = {
  /** The outbox id; stable across tries. */
  messageId: string;
  /** Masked. */
  to: string;
  status: "queued" | "sent";
  provider: "sns" | "ses";
};
/** POST /api/visits/:id/notify: `sent` and `deliveryTracking` are the patient's (the clinician's when only they were asked for). */
export type NotifyAnswer = {
  sent: { sms?: MessageReceipt; email?: MessageReceipt };
  deliveryTracking: { smsTrackingId?: string; emailTrackingId?: string };
  recipients: { role: Principal; sms?: MessageReceipt; email?: MessageReceipt }[];
  /** Those invited beside the two, where both were asked for. */
  guests: { guestId: string; role: GuestRole; sms?: MessageReceipt; email?: MessageReceipt }[];
};
/** POST /api/visits/:id/guests, 201. `link` is a credential, shown to this caller and never again. */
export type InvitedGuest = {
  guestId: string;
  role: GuestRole;
  name: string;
  /** Empty where no contact was given: then the link must be handed over. */
  sent: { sms?: MessageReceipt; email?: MessageReceipt };
  link: JoinLink;
};
/** GET /api/visits/:id/guests: those who are invited (still). */
export type GuestEntry = {
  guestId: string;
  role: GuestRole;
  name: string;
  /** Masked. */
  phone: string | null;
  email: string | null;
  invitedAt: string;
  /** Their newest link's; null: none was made yet, for nobody was told yet. */
  link: LinkStatus | null;
};
/** POST /api/visits/:id/resend-link, 202. */
export type ResendAnswer = {
  status: "queued";
  role: Party;
  sent: { sms?: MessageReceipt; email?: MessageReceipt };
};

/** POST /api/token/redeem: a look that spends nothing. */
export type TokenLook = {
  valid: true;
  visit: { visitId: string; scheduledAt: string; clinicianName: string; duration: number };
  /** Seconds. */
  expiresIn: number;
  warnings: (LinkWarning | "ALREADY_JOINED_HERE")[];
};

/** POST /api/visits/:id/start. Credentials: never logged, never cached. */
export type StartedVisit = {
  connectContact: {
    contactId: string;
    instanceId: string;
    participantId: string;
    participantToken: string;
  } | null;
  chimeJoinInfo: { meeting: Meeting; attendee: Attendee };
  visitSession: { sessionToken: string; expiresIn: number };
  /** The voucher's id: names this seat in the live state, in admit and in remove. */
  seatId: string;
  party: Party;
  admitted: boolean;
  /** Rises when the meeting was made anew: the page then starts again. */
  generation: number;
};

/** POST /api/connection. Credentials of a meeting of its own, with nobody else in it. */
export type ConnectionCheck = { checkId: string; meeting: Meeting; attendee: Attendee };

/** POST /api/visits/:id/end. `status` stays ACTIVE and `endedAt` null when a patient left while others stay. */
export type EndedVisit = {
  visitId: string;
  status: VisitStatus;
  /** Seconds since the visit started. */
  duration: number;
  endedAt: string | null;
  warnings: ("NOTES_NOT_KEPT" | "NOTES_NEED_SIGN_IN")[];
};

export type SeatState = "absent" | "waiting" | "in-call" | "left";
export type LiveState = {
  status: VisitStatus;
  generation: number;
  now: string;
  /**
   * `rejoin`: this seat's place in the meeting is gone while the visit goes on; start again.
   * Staff who watch without a seat: party null. `maySpeak` is false for a student until the clinician lets them; for anybody who is
   * not admitted it says what admission will bring.
   */
  you: {
    party: Party | null;
    admitted: boolean;
    removed: boolean;
    rejoin: boolean;
    maySpeak: boolean;
    mayShare: boolean;
  };
  /** Running late: by how many minutes, and when the visit is now expected to begin; null while on time. */
  lateMinutes: number | null;
  lateUntil: string | null;
  /**
   * For a patient who waits: whether the clinician is in another visit now, how many patients wait before them, and whether nobody else
   * can come before. Never an estimate.
   */
  queue?: { withAnother: boolean; before: number; next: boolean };
  /** For a patient who waits: what the clinician last told them. */
  told?: (WaitingWords & { at: string }) | null;
  /** For who is in: what is written in the call is kept with the visit's record. */
  chatKept?: boolean;
  /** For who is in: they may ask whether the visit may be recorded. */
  mayRecord?: boolean;
  /** For who is in: the newest recording of the visit's sound. */
  recording?: LiveRecording | null;
  /** For the patient and the clinician: when the patient last asked to be called instead; null: not, or somebody has seen to it. */
  callAskedAt?: string | null;
  /** For staff alone: the seats whose holders are connected now. */
  here?: string[];
  /** For staff alone: rises with whatever is new on the visit's page beside people: of its messages, of what the patient said. */
  changes?: number;
  /**
   * Everybody whom the visit is about or who was asked to it: patient, clinician, then guests as invited. Somebody who came with two
   * devices has two entries. A guest who is not admitted is told of the clinician and themselves only.
   */
  parties: LiveParty[];
};

export type LiveParty = {
  /** Null: has not come. Names the seat in admit, remove and speak. */
  seatId: string | null;
  /** Show it beside the name of a guest: "Maria, interpreter". */
  party: Party;
  /** Null for patient and clinician. Tells two guests of one name apart. */
  guestId: string | null;
  /** First name alone; "Patient" where the viewer may not know it. */
  name: string;
  state: SeatState;
  waitingSince: string | null;
  maySpeak: boolean;
};

/** What `/c/:code` shows: the device check. `closed`: no code of ours, or nothing to come; nobody is told which. */
export type CheckDoor =
  | { kind: "open"; visit: DoorVisit; clinic: Clinic }
  | { kind: "closed"; clinic: Clinic }
  | { kind: "limited"; retryAfterSeconds: number; clinic: Clinic };

export type Clinic = { name: string; phone: string };
export type DoorVisit = {
  visitId: string;
  clinicianName: string;
  clinicianTitle: string;
  scheduledAt: string;
  durationMinutes: number;
  windowEndsAt: string;
  /** The reader's own zone: the patient's, the clinician's or the guest's. */
  timeZone: string;
  locale: string;
  status: VisitStatus;
};
/** What `/j/:code` shows. No patient name, no reason. */
export type Door =
  | {
      kind: "ready";
      code: string;
      voucherId: string;
      party: Party;
      /** Of a patient: whether this browser must first say where they are and agree, and what came of it. */
      place: "known" | "ask" | "not-licensed";
      /** The clinic can call or text this person: they need not give a number. */
      phoneOnFile: boolean;
      /** This browser has spent it already and may come back in. */
      resumable: boolean;
      visit: DoorVisit;
      clinic: Clinic;
      expiresAt: string;
    }
  | {
      /** `uninvited`: a guest whose invitation was taken back. */
      kind: "expired" | "used" | "revoked" | "uninvited" | "cancelled" | "ended";
      party: Party;
      canResend: boolean;
      visit: DoorVisit;
      clinic: Clinic;
    }
  /** The visit is closed, and this browser was in it: for a day it may say how it was. */
  | ({ kind: "after"; party: Party; visit: DoorVisit; clinic: Clinic } & LookBack)
  | { kind: "unknown"; clinic: Clinic }
  | { kind: "limited"; retryAfterSeconds: number; clinic: Clinic };

/** What whoever was inside sees of a visit that is closed. */
export type LookBack = {
  reason: "over" | "cancelled";
  seatId: string;
  /** From when to when they and the other side were both in, as far as their pages told. Null: never. */
  talked: { from: string; to: string } | null;
  /** What they have said already of how it was. */
  answered: SurveyAnswer | null;
};
