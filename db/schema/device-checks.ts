import { integer, pgTable, primaryKey, real, text, uuid } from "drizzle-orm/pg-core";
import type { MediaPath, NetworkRating } from "@/lib/kernel/connection";
import { cloudCleanups } from "./cloud-cleanups";
import { bytea, moment } from "./columns";
import { videoVisits } from "./video-visits";
import { vouchers } from "./vouchers";

/** A link to a device check: no voucher, for it opens no visit. It works while its visit is to come (derived, never stored). */
export const deviceCheckLinks = pgTable("device_check_links", {
  id: uuid("id").primaryKey(),
  visitId: uuid("visit_id")
    .notNull()
    .references(() => videoVisits.id),
  codeHash: bytea("code_hash").notNull().unique(),
  createdAt: moment("created_at").notNull(),
});

/** What came of one run of a device check. Written once, never changed; the newest counts. */
export const deviceChecks = pgTable(
  "device_checks",
  {
    linkId: uuid("link_id")
      .notNull()
      .references(() => deviceCheckLinks.id),
    /** The page's own name for the run: sent twice, it is recorded once. */
    runId: uuid("run_id").notNull(),
    visitId: uuid("visit_id")
      .notNull()
      .references(() => videoVisits.id),
    camera: text("camera").notNull(),
    microphone: text("microphone").notNull(),
    speaker: text("speaker").notNull(),
    network: text("network").$type<NetworkRating>().notNull(),
    downKbps: integer("down_kbps"),
    upKbps: integer("up_kbps"),
    roundTripMs: integer("round_trip_ms"),
    path: text("path").$type<MediaPath>().notNull().default("untried"),
    lostDownPercent: real("lost_down_percent"),
    lostUpPercent: real("lost_up_percent"),
    mediaRoundTripMs: integer("media_round_trip_ms"),
    jitterMs: integer("jitter_ms"),
    framesPerSecond: real("frames_per_second"),
    frameMs: real("frame_ms"),
    lateMs: integer("late_ms"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.linkId, table.runId] })],
);

/** A meeting of a check's own, by which the way to the media host is tried. One link: a voucher's or a device check's. */
export const connectionChecks = pgTable("connection_checks", {
  id: uuid("id").primaryKey(),
  visitId: uuid("visit_id")
    .notNull()
    .references(() => videoVisits.id),
  voucherId: uuid("voucher_id").references(() => vouchers.id),
  checkLinkId: uuid("check_link_id").references(() => deviceCheckLinks.id),
  /** What ends its meeting; null: none was made. */
  cleanupId: uuid("cleanup_id").references(() => cloudCleanups.id),
  createdAt: moment("created_at").notNull(),
});
