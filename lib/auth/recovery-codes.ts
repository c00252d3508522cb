import { randomInt } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { door } from "@/lib/accounts/deps";
import { recordAudit } from "@/lib/audit/record";
import type { DoorDeps } from "@/lib/http/deps";
import type { Actor } from "@/lib/kernel/actor";
import { ok, type Result } from "@/lib/kernel/result";
import { enqueueNotice } from "@/lib/notifications/enqueue";
import type { IdentityRefusal } from "@/lib/ports/identity";
import { accessTokenOf } from "./own-sessions";
import type { Session } from "./sessions";

const count = 10;
/** No letter that looks like another, and no digit that looks like a letter. */
const alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/** How many are left to use. */
export async function recoveryCodesLeft(
  { db }: Pick<DoorDeps, "db">,
  { sub }: Pick<Session, "sub">,
): Promise<number> {
  const [row] = await db.asActor(door, (tx) =>
    tx.execute<{ left: number }>(
      sql`SELECT count(*)::int AS left FROM recovery_codes WHERE sub = ${sub} AND used_at IS NULL`,
    ),
  );
  return row?.left ?? 0;
}

/** Ten new codes, shown to their owner this once; those of before are worth nothing more. Their owner is told by mail. */
export async function makeRecoveryCodes(
  deps: DoorDeps,
  { session, actor, locale }: { session: Session; actor: Actor; locale: string },
): Promise<Result<{ codes: string[] }, IdentityRefusal>> {
  const token = await accessTokenOf(deps, session);
  const user = token ? await deps.identity.user(token) : null;
  if (!user?.ok) return user ?? { ok: false, error: { code: "CREDENTIALS_REFUSED" } };
  const codes = Array.from({ length: count }, newCode);
  const now = deps.clock.now().toISOString();
  await deps.db.asActor(door, async (tx) => {
    await forgetRecoveryCodes(tx, session.sub);
    for (const code of codes)
      await tx.execute(
        sql`INSERT INTO recovery_codes (code_hash, sub, made_at) VALUES (${deps.keyring.hash("recovery-code", hashed(session.sub, code))}, ${session.sub}, ${now})`,
      );
    await recordAudit(tx, { event: "RECOVERY_CODES_MADE", actor });
    await enqueueNotice(deps, tx, {
      template: "recovery-codes-made",
      to: user.value.email,
      locale,
      url: `${deps.env.NEXT_PUBLIC_APP_URL}/account`,
      actor,
    });
  });
  return ok({ codes });
}

/** Without an app there is nothing to recover. */
export async function forgetRecoveryCodes(tx: Tx, sub: string): Promise<void> {
  await tx.execute(sql`DELETE FROM recovery_codes WHERE sub = ${sub}`);
}

/** Takes a code: one UPDATE, one winner. @returns false when there is none such left. */
export async function takeRecoveryCode(
  { keyring, clock }: Pick<DoorDeps, "keyring" | "clock">,
  tx: Tx,
  { sub, code }: { sub: string; code: string },
): Promise<boolean> {
  const hashes = sql.join(
    keyring.hashes("recovery-code", hashed(sub, code)).map((hash) => sql`${hash}`),
    sql`, `,
  );
  const taken = await tx.execute(
    sql`UPDATE recovery_codes SET used_at = ${clock.now().toISOString()} WHERE code_hash IN (${hashes}) AND sub = ${sub} AND used_at IS NULL RETURNING sub`,
  );
  return taken.length > 0;
}

/** Gives one back that was taken for a sign-in which Cognito's absence broke off. */
export async function returnRecoveryCode(
  { keyring }: Pick<DoorDeps, "keyring">,
  tx: Tx,
  { sub, code }: { sub: string; code: string },
): Promise<void> {
  for (const hash of keyring.hashes("recovery-code", hashed(sub, code)))
    await tx.execute(
      sql`UPDATE recovery_codes SET used_at = NULL WHERE code_hash = ${hash} AND sub = ${sub}`,
    );
}

/** Two halves of five: about 50 bits, which the limits of sign-in guard beside the password. */
function newCode(): string {
  const half = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return `${half()}-${half()}`;
}

/** As somebody may type it: small letters, without the hyphen, with spaces. */
const hashed = (sub: string, code: string) => `${sub} ${code.toUpperCase().replace(/[^A-Z0-9]/g, "")}`;
