import { sql } from "drizzle-orm";
import type { CallDeps, Customer } from "./deps";
import { openNotes } from "./sealed-notes";

/** What was noted at a desk in a call in which its caller was proved. Who noted it is not told. `callId` null: they called by telephone. Times in ISO 8601. */
export type OwnCallNote = { callId: string | null; at: string; outcome: string | null; words: string | null };
/** Which questions proved them: `account`, `phone`, `email`, `visit`. The answers were not kept. */
export type OwnCallQuestions = { at: string; asked: string[] };

type NoteRow = {
  contact_id: string;
  staff_id: string;
  call_id: string | null;
  noted_at: string;
  outcome: string | null;
  notes: Buffer | null;
};

/** What agents kept of a customer's own calls, for their copy of their data, the newest first. Of calls in which nobody was proved nothing is told: who called is not known. */
export async function ownDeskRecords(
  { db, cipher }: Pick<CallDeps, "db" | "cipher">,
  { customer, most }: { customer: Customer; most: number },
): Promise<{ callNotes: OwnCallNote[]; callQuestions: OwnCallQuestions[] }> {
  const { notes, questions } = await db.asActor(customer, async (tx) => ({
    notes: await tx.execute<NoteRow>(sql`SELECT * FROM own_desk_notes(${most})`),
    questions: await tx.execute<{ at: string; asked: string }>(
      sql`SELECT * FROM own_desk_questions(${most})`,
    ),
  }));
  const callNotes: OwnCallNote[] = [];
  for (const { contact_id: contactId, staff_id: staffId, ...row } of notes)
    callNotes.push({
      callId: row.call_id,
      at: new Date(row.noted_at).toISOString(),
      outcome: row.outcome,
      words: row.notes && (await openNotes({ cipher }, { contactId, staffId }, row.notes)),
    });
  const callQuestions = questions.map(({ at, asked }) => ({
    at: new Date(at).toISOString(),
    asked: asked.split(","),
  }));
  return { callNotes, callQuestions };
}
