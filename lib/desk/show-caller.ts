import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { deskContacts } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { clerk } from "@/lib/kernel/actor";
import type { CallTopic } from "@/lib/kernel/call-topic";
import { type Doubt, doubts, type Proof, type Question } from "@/lib/kernel/caller-proof";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { PhoneRefusal } from "@/lib/ports/agent-door";
import { openNotes } from "@/lib/support-calls/sealed-notes";
import { openWords } from "@/lib/support-calls/sealed-words";
import { firstContact } from "./call-contact";
import { type Colleague, type DeskDeps, phaseAtDesk } from "./deps";

export type Outcome = "solved" | "follow-up" | "passed-on" | "no-answer";

/** Who is calling, as our own database knows it by the contact. Times in ISO 8601. */
export type Caller =
  | {
      kind: "customer";
      /** In the clinic's own book; null where it has none there. */
      number: string | null;
      firstName: string;
      lastName: string;
      tier: string;
      customerSince: string;
      locale: string;
      proof: Proof;
    }
  | {
      kind: "visit";
      visitId: string;
      firstName: string;
      lastName: string;
      locale: string;
      clinician: string;
      scheduledAt: string;
    }
  /** `account`: what came of the number that they typed; `shared`: it is several people's, a household's. Whose it is stays closed until they prove it. `questionsLeft`: tries that this call still has. */
  | {
      kind: "unknown";
      account: "matched" | "shared" | "not-matched" | "none";
      doubt: Doubt;
      questionsLeft: number;
    };

type PastCall = {
  callId: string;
  at: string;
  /** Talked, in seconds; null: nobody answered. */
  talkedSeconds: number | null;
  verified: boolean;
  outcome: Outcome | null;
  notes: string | null;
  /** How it was for its caller, 1 to 5, and what they wrote; null: they have not said. */
  rating: { stars: number; words: string | null } | null;
};

export type CallerShown = {
  contactId: string;
  caller: Caller;
  /** What its caller chose before they called. It proves nothing. */
  topic: CallTopic | null;
  /** Of a customer who was proved, the newest first. */
  history: PastCall[];
  /** This agent's own, of this contact. `savedAt` null: none yet. */
  noted: { notes: string; outcome: Outcome | null; savedAt: string | null };
};
export type DeskRefusal = { code: "FORBIDDEN" } | { code: "DESK_ELSEWHERE" } | PhoneRefusal;

const historyMax = 10;

/**
 * Shows an agent who is calling, if the contact centre says that this contact is at their desk: it is asked each time, and row-level security asks
 * again what it answered. Whom they then see is read from our own tables by the call's first contact, never from what the contact carries. Every look is
 * recorded with the look itself.
 */
export async function showCaller(
  deps: DeskDeps,
  { actor, contactId: asked }: { actor: Colleague; contactId: string },
): Promise<Result<CallerShown, DeskRefusal>> {
  const phase = await phaseAtDesk(deps, { actor, contactId: asked });
  if (!phase.ok) return phase;
  if (phase.value === null) return err({ code: "NOT_AT_DESK" });
  const contactId = await firstContact(deps, { staffId: actor.id, contactId: asked });
  await deps.db.asActor(clerk, (tx) =>
    keepAtDesk(tx, { staffId: actor.id, contactId, asked, now: deps.clock.now() }),
  );

  const read = await deps.db.asActor(actor, async (tx) => {
    const [row] = await tx.execute<CallerRow>(sql`SELECT * FROM desk_caller(${contactId})`);
    if (!row) return null;
    await recordAudit(tx, {
      event: "CALLER_SHOWN",
      actor,
      visitId: row.visit_id ?? undefined,
      tokenId: row.call_id ?? undefined,
      metadata: { contact: contactId, kind: row.kind, person: row.person_id, proof: row.proof },
    });
    const past = await tx.execute<PastRow>(sql`SELECT * FROM desk_history(${contactId}, ${historyMax})`);
    const ratings = await tx.execute<RatingRow>(sql`SELECT * FROM desk_ratings(${contactId}, ${historyMax})`);
    const [said] = await tx.execute<Said>(
      sql`SELECT desk_call_topic(${contactId}) AS topic, desk_account_shared(${contactId}) AS shared, desk_call_site(${contactId}) AS site`,
    );
    const [own] = await tx
      .select()
      .from(deskContacts)
      .where(and(eq(deskContacts.contactId, contactId), eq(deskContacts.staffId, actor.id)));
    return {
      row,
      past: [...past],
      ratings: new Map(ratings.map((one) => [one.call_id, one])),
      said,
      own,
    };
  });
  // Another call came to this desk between the two.
  if (!read) return err({ code: "NOT_AT_DESK" });
  const { row, past, ratings, said, own } = read;
  return ok({
    contactId: asked,
    caller: callerOf(row, { shared: said?.shared ?? false, site: said?.site ?? null }),
    topic: said?.topic ?? null,
    history: await Promise.all(past.map((call) => pastCallOf(deps, call, ratings.get(call.call_id)))),
    noted: {
      notes: own?.notes ? await openNotes(deps, own, own.notes) : "",
      outcome: own?.outcome ?? null,
      savedAt: own?.notedAt?.toISOString() ?? null,
    },
  });
}

/** What was there before has left. */
async function keepAtDesk(
  tx: Tx,
  { staffId, contactId, asked, now }: { staffId: string; contactId: string; asked: string; now: Date },
): Promise<void> {
  const hereAs = asked === contactId ? null : asked;
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`desk ${staffId}`}, 0))`);
  await tx
    .update(deskContacts)
    .set({ leftAt: now })
    .where(
      and(
        eq(deskContacts.staffId, staffId),
        ne(deskContacts.contactId, contactId),
        isNull(deskContacts.leftAt),
      ),
    );
  await tx
    .insert(deskContacts)
    .values({ contactId, staffId, hereAs, cameAt: now })
    .onConflictDoUpdate({
      target: [deskContacts.contactId, deskContacts.staffId],
      set: { leftAt: null, hereAs },
    });
}

/** `site`: who vouches for the sign-in; null: we do. */
type Said = { topic: CallTopic | null; shared: boolean; site: string | null };
/** Raw rows: times come as text. */
type CallerRow = {
  kind: Caller["kind"];
  call_id: string | null;
  visit_id: string | null;
  person_id: string | null;
  number: string | null;
  first_name: string;
  last_name: string;
  tier: string;
  since: string;
  locale: string;
  proof: Proof["by"] | null;
  signed_in_at: string;
  second_step: boolean;
  proved_at: string;
  asked: string;
  asked_by: string;
  questions_left: number;
  doubt: string | null;
  scheduled_at: string;
  clinician: string;
  account_tries: number;
  account_matched: boolean;
};
type PastRow = {
  call_id: string;
  at: string;
  connected_at: string | null;
  ended_at: string | null;
  verified: boolean;
  contact_id: string | null;
  staff_id: string | null;
  outcome: Outcome | null;
  notes: Buffer | null;
};

const iso = (time: string) => new Date(time).toISOString();

function callerOf(row: CallerRow, { shared, site }: Pick<Said, "shared" | "site">): Caller {
  const { kind, first_name: firstName, last_name: lastName, locale } = row;
  switch (kind) {
    case "customer":
      return {
        kind,
        number: row.number,
        firstName,
        lastName,
        tier: row.tier,
        customerSince: iso(row.since),
        locale,
        proof: proofOf(row, site),
      };
    case "visit":
      return {
        kind,
        visitId: row.visit_id ?? "",
        firstName,
        lastName,
        locale,
        clinician: row.clinician,
        scheduledAt: iso(row.scheduled_at),
      };
    case "unknown":
      return {
        kind,
        account: accountOf(row, shared),
        doubt: doubts.find((known) => known === doubtOf(row.doubt)) ?? "UNAVAILABLE",
        questionsLeft: row.questions_left,
      };
  }
}

function accountOf({ account_matched, account_tries }: CallerRow, shared: boolean) {
  if (shared) return "shared";
  if (account_matched) return "matched";
  return account_tries > 0 ? "not-matched" : "none";
}

function proofOf(row: CallerRow, site: string | null): Proof {
  const at = iso(row.proved_at);
  return row.proof === "questions"
    ? { by: "questions", at, agent: row.asked_by, asked: row.asked.split(",") as Question[] }
    : { by: "sign-in", at, signedInAt: iso(row.signed_in_at), secondStep: row.second_step, site };
}

/** A context of a call that we never made is no better than a forged one. */
const doubtOf = (code: string | null) => (code === "UNKNOWN" ? "TOKEN_INVALID" : code);

type RatingRow = { call_id: string; stars: number; words: Buffer | null };

async function pastCallOf(
  deps: Pick<DeskDeps, "cipher">,
  row: PastRow,
  rating: RatingRow | undefined,
): Promise<PastCall> {
  const talked =
    row.connected_at && row.ended_at
      ? Math.max(0, Math.round((Date.parse(row.ended_at) - Date.parse(row.connected_at)) / 1000))
      : null;
  const notes =
    row.notes && row.contact_id && row.staff_id
      ? await openNotes(deps, { contactId: row.contact_id, staffId: row.staff_id }, row.notes)
      : null;
  return {
    callId: row.call_id,
    at: iso(row.at),
    talkedSeconds: talked,
    verified: row.verified,
    outcome: row.outcome,
    notes,
    rating: rating
      ? {
          stars: rating.stars,
          words: rating.words && (await openWords(deps, row.call_id, rating.words)),
        }
      : null,
  };
}
