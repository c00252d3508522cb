import postgres from "postgres";

export type Size = { visits: number; patients: number; clinicians: number; audit: number };

/** Who booked every visit. */
export const benchDesk = "dddddddd-0000-4000-9000-000000000000";
/** The n-th visit: 300 entries of the audit tell of it. */
export const busyVisit = 12_000;
/** Audio rooms over two years, a hundred a clinician; the newest forty are open. */
export const manyRooms = 10_000;
/** Ids that a bench can name without asking: the n-th of its kind. */
export const benchId = (kind: "a" | "b" | "c" | "d", n: number) =>
  `${kind.repeat(8)}-0000-4000-9000-${n.toString(16).padStart(12, "0")}`;
const idSql = (kind: "a" | "b" | "c" | "d", n: string) =>
  `('${kind.repeat(8)}-0000-4000-9000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

const firstNames =
  "Maria,James,Lucía,Wei,Fatima,Noah,Olga,Kofi,Priya,Liam,Ana,Hiro,Zoë,Omar,Ines,Karl,Rosa,Yusuf,Elif,Sam";
const lastNames =
  "Garcia,Smith,Greene,Fernández,Nguyen,Okafor,Kowalski,Müller,Haddad,Tanaka,Silva,Brown,Rossi,Khan,Novak,Lopez,Ivanov,Mensah,Dubois,Larsen";
const pick = (list: string, n: string, of: number) => `(string_to_array('${list}', ','))[1 + (${n}) % ${of}]`;

/**
 * Fills an empty, migrated database by SQL alone: visits over three years back and one ahead, nine of ten of the past ones done, the rest
 * cancelled or missed, without any pattern of person or clinician; a link, a text message and an email for each; audio rooms; an audit beside them (whose chains are not real). Statistics are fresh
 * afterwards. A million visits take some minutes.
 */
export async function makeManyVisits(
  ownerUrl: string,
  size: Size,
  say: (what: string) => void,
): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  const step = async (what: string, text: string) => {
    const began = performance.now();
    await sql.unsafe(text);
    say(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  };
  /** Filled without its indexes, which are then made at once: a third of the time. Constraints of one column stay. */
  const filled = async (what: string, table: string, text: string) => {
    const began = performance.now();
    const indexes = await sql<{ name: string; definition: string }[]>`
      SELECT indexname AS name, indexdef AS definition FROM pg_indexes i
      WHERE tablename = ${table} AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)`;
    for (const { name } of indexes) await sql.unsafe(`DROP INDEX ${name}`);
    await sql.unsafe(
      `ALTER TABLE ${table} DISABLE TRIGGER USER; ${text}; ALTER TABLE ${table} ENABLE TRIGGER USER`,
    );
    for (const { definition } of indexes) await sql.unsafe(definition);
    say(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  };
  const spanMinutes = 4 * 365 * 24 * 60;
  const { visits, patients, clinicians } = size;
  try {
    await step(
      "patients and clinicians",
      `INSERT INTO staff (id, email, role, title, first_name, last_name, time_zone)
         SELECT ${idSql("b", "n")}, 'clinician' || n || '@example.com', 'clinician', 'Dr.', ${pick(firstNames, "n", 20)}, ${pick(lastNames, "n / 20", 20)}, 'America/New_York'
         FROM generate_series(0, ${clinicians - 1}) AS n;
       INSERT INTO customers (id, first_name, last_name, email, phone, state, time_zone, tier, external_id)
         SELECT ${idSql("a", "n")}, ${pick(firstNames, "n", 20)}, ${pick(lastNames, "n / 20", 20)} || CASE n % 7 WHEN 0 THEN '' ELSE '-' || to_hex(n) END,
           'patient' || n || '@example.com', '+1555' || lpad(n::text, 7, '0'),
           (ARRAY['NY', 'NJ', 'CT', 'CA', 'NV', 'TX', 'FL', 'WA', 'MA', 'VT'])[1 + abs(hashint4(n)::bigint) % 10], 'America/New_York',
           CASE WHEN n % 500 = 3 THEN 'gold' ELSE 'standard' END, CASE WHEN n % 5 = 0 THEN 'x' || n END
         FROM generate_series(0, ${patients - 1}) AS n`,
    );
    // The constraint is what takes longest to keep row by row; made anew afterwards, it proves the same.
    await filled(
      "visits",
      "video_visits",
      `ALTER TABLE video_visits DROP CONSTRAINT video_visits_no_double_booking;
       INSERT INTO video_visits (id, patient_id, clinician_id, scheduled_at, during, duration_minutes, channel, route, started_at, ended_at, end_reason,
           cancelled_at, no_show_at, created_by, created_at)
         SELECT ${idSql("c", "n")}, ${idSql("a", `(abs(hashint8(n)::bigint) % ${patients})::int`)}, ${idSql("b", `n % ${clinicians}`)}, at, tstzrange(at, at + interval '20 minutes'), 20, 'both', 'meeting',
           CASE WHEN past AND fate < 18 THEN at END, CASE WHEN past AND fate < 18 THEN at + interval '18 minutes' END,
           CASE WHEN past AND fate < 18 THEN 'completed' END,
           CASE WHEN fate = 18 THEN at - interval '1 day' END, CASE WHEN past AND fate = 19 THEN at + interval '20 minutes' END, '${benchDesk}', at - interval '9 days'
         FROM (SELECT n, fate, at, at < now() - interval '1 hour' AS past FROM (
           SELECT n, abs(hashint4(n)::bigint) % 20 AS fate, date_trunc('minute', now()) - interval '${3 * 365} days'
             + (n / ${clinicians}) * interval '1 minute' * ${(spanMinutes * clinicians) / visits} AS at
           FROM generate_series(0, ${visits - 1}) AS n) AS spread) AS made`,
    );
    await step(
      "the bar to double booking",
      `ALTER TABLE video_visits ADD CONSTRAINT video_visits_no_double_booking
         EXCLUDE USING gist (clinician_id WITH =, during WITH &&) WHERE (cancelled_at IS NULL)`,
    );
    // What triggers would have kept.
    await filled(
      "each clinician's patients",
      "clinician_patients",
      `INSERT INTO clinician_patients (clinician_id, patient_id, last_key, first_key, email_key, phone_tail, state, tier, in_other_book, has_account)
         SELECT pair.clinician_id, c.id, c.last_key, c.first_key, c.email_key, c.phone_tail, c.state, c.tier, c.external_id IS NOT NULL, c.sub IS NOT NULL
         FROM (SELECT DISTINCT clinician_id, patient_id FROM video_visits) AS pair JOIN customers c ON c.id = pair.patient_id`,
    );
    await filled(
      "links",
      "vouchers",
      `INSERT INTO vouchers (id, kind, visit_id, party, subject, code_hash, nonce_hash, sealed_token, hash_key_id, issued_at, not_before, expires_at,
           opened_at, redeemed_at, expired_noted_at, issued_by)
         SELECT id, 'visit-link', id, 'patient', patient_id, sha256(uuid_send(id)), sha256(uuid_send(id)), '\\x00', id, created_at, created_at,
           scheduled_at + interval '35 minutes', started_at, started_at, CASE WHEN scheduled_at < now() THEN scheduled_at END, 'bench' FROM video_visits`,
    );
    await filled(
      "messages",
      "outbox",
      `INSERT INTO outbox (id, kind, visit_id, voucher_id, party, template, recipient, sent_at, provider_message_id, failed_at, failure,
           delivered_at, bounced_at, undeliverable_at, created_at, next_attempt_at)
         SELECT gen_random_uuid(), kind, v.id, v.id, 'patient', 'initial', CASE kind WHEN 'sms' THEN '+15550101234' ELSE 'p@example.com' END,
           CASE WHEN h <> 1 THEN v.created_at END, v.id || kind, CASE WHEN h = 1 THEN v.created_at END, CASE WHEN h = 1 THEN 'TEXTER_REFUSED' END,
           CASE WHEN h > 3 THEN v.created_at + interval '5 seconds' END, CASE WHEN h = 2 THEN v.created_at + interval '5 seconds' END,
           CASE WHEN h = 3 THEN v.created_at + interval '5 seconds' END, v.created_at, v.created_at
         FROM (SELECT *, abs(hashint8(hashtext(id::text))) % 1000 AS h FROM video_visits) AS v, unnest(ARRAY['sms', 'email']) AS kind`,
    );
    await step(
      "audit",
      `INSERT INTO audit_log (id, stream, seq, occurred_at, event_type, visit_id, token_id, actor_id, actor_role, metadata, success, expires_at, prev_hash, hash)
         SELECT gen_random_uuid(), n % 256, n / 256 + 1, now() - (${size.audit} - n) * interval '20 seconds', event,
           CASE WHEN event NOT IN ('SIGN_IN', 'CLINIC_CHANGED') THEN ${idSql("c", `n % ${visits}`)} END,
           CASE WHEN event LIKE 'TOKEN%' THEN ${idSql("c", `n % ${visits}`)} END,
           CASE WHEN event LIKE 'TOKEN%' THEN ${idSql("c", `n % ${visits}`)} ELSE ${idSql("b", `n % ${clinicians}`)} END::text,
           CASE WHEN event LIKE 'TOKEN%' THEN 'PATIENT' ELSE 'CLINICIAN' END, '{}', true, now() + interval '7 years', sha256('\\x00'), sha256('\\x01')
         FROM (SELECT n, CASE WHEN n % 100000 = 7 THEN 'CLINIC_CHANGED' WHEN n % 10 < 5 THEN 'TOKEN_REDEEMED' WHEN n % 10 < 7 THEN 'TOKEN_OPENED'
                 WHEN n % 10 = 8 THEN 'SIGN_IN' ELSE 'VISIT_VIEWED' END AS event FROM generate_series(0, ${size.audit - 1}) AS n) AS made`,
    );
    await step(
      "a visit of which there is much to tell",
      `INSERT INTO audit_log (id, stream, seq, occurred_at, event_type, visit_id, actor_id, actor_role, metadata, success, expires_at, prev_hash, hash)
         SELECT gen_random_uuid(), 255, 1000000 + n, now() - (300 - n) * interval '20 minutes',
           (ARRAY['NOTIFICATION_QUEUED', 'NOTIFICATION_SENT', 'VISIT_RESCHEDULED', 'PARTY_WAITING', 'VISIT_VIEWED'])[1 + n % 5], ${idSql("c", `${busyVisit}`)},
           ${idSql("b", "1")}::text, 'SCHEDULER', jsonb_build_object('messageId', n / 5, 'kind', 'sms', 'scheduledAt', now()), true, now() + interval '7 years',
           sha256('\\x00'), sha256('\\x01')
         FROM generate_series(0, 299) AS n`,
    );
    const room = (n: string) => idSql("d", n);
    await step(
      "audio rooms",
      `INSERT INTO rooms (id, name, lobby, starts_at, expires_at, created_by, created_at, closed_at, close_reason)
         SELECT ${room("n")}, 'Call ' || n, true, at, at + interval '1 hour', ${idSql("b", `n % ${clinicians}`)}, at,
           CASE WHEN n < ${manyRooms - 40} THEN at + interval '1 hour' END, CASE WHEN n < ${manyRooms - 40} THEN 'expired' END
         FROM (SELECT n, now() - (${manyRooms - 1} - n) * CASE WHEN n < ${manyRooms - 40} THEN interval '105 minutes' ELSE interval '1 second' END AS at
           FROM generate_series(0, ${manyRooms - 1}) AS n) AS made;
       INSERT INTO room_invites (id, room_id, role, code_hash, nonce_hash, issued_at, expires_at, issued_by, opened_at, redeemed_at)
         SELECT id, room_id, role, sha256(uuid_send(id)), sha256(uuid_send(id)), created_at, expires_at, created_by, created_at, created_at
         FROM (SELECT gen_random_uuid() AS id, r.id AS room_id, role, r.created_at, r.expires_at, r.created_by
           FROM rooms r, unnest(ARRAY['host', 'guest']) AS role) AS made;
       INSERT INTO room_seats (invite_id, room_id, role, admitted_at, present_at)
         SELECT id, room_id, role, redeemed_at, redeemed_at FROM room_invites`,
    );
    await step("statistics", "VACUUM ANALYZE");
  } finally {
    await sql.end();
  }
}
