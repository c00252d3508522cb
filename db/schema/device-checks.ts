import { integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";
import { videoVisits } from "./video-visits";

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
    network: text("network").notNull(),
    downKbps: integer("down_kbps"),
    upKbps: integer("up_kbps"),
    roundTripMs: integer("round_trip_ms"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.linkId, table.runId] })],
);
