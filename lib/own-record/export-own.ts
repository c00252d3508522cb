import { asc, eq } from "drizzle-orm";
import { videoVisits, visitArrivals } from "@/db/schema";
import type { AccountLimited } from "@/lib/accounts/account-limits";
import { recordAudit } from "@/lib/audit/record";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type ExportedCall, exportOwnCalls } from "@/lib/support-calls/export-own-calls";
import { type ExportedCallback, exportOwnCallbacks } from "@/lib/support-calls/own-callback";
import {
  type OwnCallNote,
  type OwnCallQuestions,
  ownDeskRecords,
} from "@/lib/support-calls/own-desk-records";
import type { Patient } from "@/lib/visits/own-visit";
import { listOwnVisits, type OwnVisit } from "@/lib/visits/own-visits";
import type { OwnDeps } from "./deps";
import { type OwnDetails, readOwnDetails } from "./own-details";
import { listOwnMessages, type OwnMessage, ownRoomMessages } from "./own-messages";

/** All that the page shows of somebody, whole: themselves, their visits, what was sent to them and what they agreed to. */
export type OwnData = {
  madeAt: string;
  person: OwnDetails;
  visits: OwnVisit[];
  messages: OwnMessage[];
  /** Links of audio rooms that went to their number or address on file. */
  roomLinks: OwnMessage[];
  /** To the contact centre, with what they said of each. */
  calls: ExportedCall[];
  /** What agents noted of these calls, and the questions that proved them in a call. */
  callNotes: OwnCallNote[];
  callQuestions: OwnCallQuestions[];
  /** When they asked us to call, and what came of it. */
  callbacks: ExportedCallback[];
  consents: { visitId: string; at: string; version: string; language: string }[];
};

const atOnce = 100;
/** Pages of each list: nobody has more, and no answer grows without end. */
const pagesMax = 50;

/** One's own data, for oneself. Recorded; five an hour. */
export async function exportOwnData(
  deps: Pick<OwnDeps, "db" | "clock" | "cipher" | "keyring" | "accountLimits">,
  { patient }: { patient: Patient },
): Promise<Result<OwnData, AccountLimited | { code: "PATIENT_UNKNOWN" }>> {
  const person = await readOwnDetails(deps, patient);
  if (!person || patient.role !== "customer") return err({ code: "PATIENT_UNKNOWN" });
  const limited = await deps.accountLimits.mail(patient.origin, `own data ${patient.id}`);
  if (limited) return err(limited);
  const visits = await all(async (cursor) => {
    const page = await listOwnVisits(deps, { patient, cursor, limit: atOnce });
    return { rows: [...page.coming, ...page.past], nextCursor: page.nextCursor };
  });
  const messages = await all(async (cursor) => {
    const page = await listOwnMessages(deps, { patient, cursor, limit: atOnce });
    return { rows: page.messages, nextCursor: page.nextCursor };
  });
  const roomLinks = await ownRoomMessages(deps, { patient, most: atOnce * pagesMax });
  const calls = await all(async (cursor) => {
    const page = await exportOwnCalls(deps, { customer: patient, cursor, limit: atOnce });
    return { rows: page.calls, nextCursor: page.nextCursor };
  });
  const atDesk = await ownDeskRecords(deps, { customer: patient, most: atOnce * pagesMax });
  const callbacks = await exportOwnCallbacks(deps, { customer: patient, most: atOnce * pagesMax });
  const consents = await deps.db.asActor(patient, async (tx) => {
    const rows = await tx
      .select({
        visitId: visitArrivals.visitId,
        at: visitArrivals.createdAt,
        version: visitArrivals.consentVersion,
        language: visitArrivals.consentLanguage,
      })
      .from(videoVisits)
      .innerJoin(visitArrivals, eq(visitArrivals.visitId, videoVisits.id))
      .where(eq(videoVisits.patientId, patient.id))
      .orderBy(asc(visitArrivals.createdAt))
      .limit(atOnce * pagesMax);
    await recordAudit(tx, {
      event: "OWN_DATA_EXPORTED",
      actor: patient,
      metadata: {
        visits: visits.length,
        messages: messages.length,
        roomLinks: roomLinks.length,
        calls: calls.length,
        callNotes: atDesk.callNotes.length,
        callbacks: callbacks.length,
      },
    });
    return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
  });
  return ok({
    madeAt: deps.clock.now().toISOString(),
    person,
    visits,
    messages,
    roomLinks,
    calls,
    ...atDesk,
    callbacks,
    consents,
  });
}

async function all<Row>(
  read: (cursor: string | undefined) => Promise<{ rows: Row[]; nextCursor: string | null }>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page++) {
    const next = await read(cursor);
    rows.push(...next.rows);
    if (!next.nextCursor) break;
    cursor = next.nextCursor;
  }
  return rows;
}
