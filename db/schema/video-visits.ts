import { boolean, customType, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";
import { customers } from "./customers";
import { staff } from "./staff";
import { visitSeries } from "./visit-series";

const tstzrange = customType<{ data: string }>({ dataType: () => "tstzrange" });

/**
 * One appointment. Its status is derived, never stored:
 *   ended_at → COMPLETED; cancelled_at → CANCELLED; no_show_at → NO_SHOW; started_at → ACTIVE; none → SCHEDULED.
 * At most one of ended, cancelled and no-show is ever set (a CHECK).
 *
 * A clinician cannot be in two visits at once: `EXCLUDE (clinician_id =, during &&) WHERE cancelled_at IS NULL` decides,
 * not the code, so two schedulers cannot race past it (SQLSTATE 23P01, `video_visits_no_double_booking`).
 */
export const videoVisits = pgTable(
  "video_visits",
  {
    id: uuid("id").primaryKey(),
    patientId: uuid("patient_id")
      .notNull()
      .references(() => customers.id),
    clinicianId: uuid("clinician_id")
      .notNull()
      .references(() => staff.id),
    scheduledAt: moment("scheduled_at").notNull(),
    durationMinutes: integer("duration_minutes").notNull().default(30),
    /** Written by a trigger from the two above: never set it. */
    during: tstzrange("during"),
    visitType: text("visit_type"),
    channel: text("channel").$type<"sms" | "email" | "both">().notNull(),
    route: text("route").$type<"meeting" | "connect">().notNull(),
    /** Sealed by `Cipher` for this row alone. */
    chiefComplaint: bytea("chief_complaint"),
    clinicalNotes: bytea("clinical_notes"),
    recordingEnabled: boolean("recording_enabled").notNull().default(false),
    recordingS3Key: text("recording_s3_key"),
    meetingId: text("meeting_id").unique(),
    /** The meeting as the media cloud described it; holds no credential. */
    meeting: jsonb("meeting"),
    /** Part of the cloud's client token: grows when a meeting the cloud ended is made anew. */
    meetingAttempt: integer("meeting_attempt").notNull().default(0),
    connectContactId: text("connect_contact_id").unique(),
    startedAt: moment("started_at"),
    endedAt: moment("ended_at"),
    endReason: text("end_reason"),
    cancelledAt: moment("cancelled_at"),
    cancelReason: text("cancel_reason"),
    noShowAt: moment("no_show_at"),
    /** iCalendar SEQUENCE (RFC 5545 §3.8.7.4): grows with each change that the calendar must show. */
    calendarSequence: integer("calendar_sequence").notNull().default(0),
    /** Running late: by how many minutes, and when the visit is now expected to begin. Both or neither (a CHECK). */
    lateMinutes: integer("late_minutes"),
    lateUntil: moment("late_until"),
    /** Of visits that were booked together; both or neither (a CHECK). */
    seriesId: uuid("series_id").references(() => visitSeries.id),
    /** 1–26: the place in which it was booked, wherever it was moved since. */
    seriesPlace: integer("series_place"),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** Kept by a trigger. */
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    index("video_visits_by_time").on(table.scheduledAt, table.id),
    index("video_visits_by_clinician").on(table.clinicianId, table.scheduledAt, table.id),
    index("video_visits_by_patient").on(table.patientId, table.scheduledAt, table.id),
    index("video_visits_by_series").on(table.seriesId, table.scheduledAt),
    index("video_visits_by_booker").on(table.createdBy, table.createdAt.desc()),
  ],
);
