import { sql } from "drizzle-orm";
import { door } from "@/lib/accounts/deps";
import { recordAudit } from "@/lib/audit/record";
import type { DoorDeps } from "@/lib/http/deps";
import type { Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { enqueueNotice } from "@/lib/notifications/enqueue";
import { type AppClient, type Away, isAway, type Tokens } from "@/lib/ports/identity";
import { returnRecoveryCode, takeRecoveryCode } from "./recovery-codes";
import { openChallenge } from "./sealed-challenge";
import { admitTokens, refuse, type SignedIn, type SignInRefusal } from "./sign-in";

type Recovery = {
  client: AppClient;
  session: string;
  password: string;
  code: string;
  locale: string;
  origin: Origin;
};
/** A pause that lasts longer was left behind by a process that died. */
const pauseMs = 30_000;

/**
 * Signs somebody in by a recovery code in place of the app's: for who began with the right password, and types it once more, since we keep none.
 * A wrong code or password counts as a failed sign-in. One refusal for both.
 */
export async function recoverSignIn(
  deps: DoorDeps,
  { client, session, password, code, locale, origin }: Recovery,
): Promise<Result<SignedIn, SignInRefusal>> {
  const challenge = openChallenge(deps.keyring, client, session);
  if (challenge?.challenge !== "SOFTWARE_TOKEN_MFA") return err({ code: "CHALLENGE_OVER" });
  const { email } = challenge;
  const place = { client, email, origin };
  const limited = await deps.signInLimits.check(origin, email);
  if (limited) return refuse(deps, place, { code: "SIGN_IN_LIMITED", ...limited });
  const wrong = async () => {
    await deps.signInLimits.failed(origin, email);
    return refuse(deps, place, { code: "CODE_REFUSED" } as const);
  };

  const proof = await deps.identity.signIn({ client, email, password });
  if (!proof.ok)
    return proof.error.code === "CREDENTIALS_REFUSED" ? wrong() : refuse(deps, place, proof.error);
  // Without an app the password is enough: there was nothing to recover.
  if (proof.value.kind === "signed-in") return admitTokens(deps, place, proof.value.tokens, false);
  const found = await deps.identity.find(email);
  if (!found.ok) return refuse(deps, place, found.error);
  if (!found.value) return wrong();
  const { sub, email: address } = found.value;

  const begun = await deps.db.asActor(door, async (tx) => {
    if (!(await takeRecoveryCode(deps, tx, { sub, code }))) return false;
    await tx.execute(
      sql`INSERT INTO second_step_pauses (sub, email, since) VALUES (${sub}, ${email}, ${deps.clock.now().toISOString()})
          ON CONFLICT (sub) DO UPDATE SET since = excluded.since`,
    );
    return true;
  });
  if (!begun) return wrong();
  const tokens = await withoutSecondStep(deps, { client, sub, email, password });
  if (!tokens.ok) {
    await deps.db.asActor(door, (tx) => returnRecoveryCode(deps, tx, { sub, code }));
    return refuse(deps, place, tokens.error);
  }
  await deps.db.asActor(door, async (tx) => {
    await recordAudit(tx, { event: "RECOVERY_CODE_USED", actor: { kind: "anonymous", origin } });
    await enqueueNotice(deps, tx, {
      template: "recovery-code-used",
      to: address,
      locale,
      url: `${deps.env.NEXT_PUBLIC_APP_URL}/account`,
      actor: { kind: "anonymous", origin },
    });
  });
  return admitTokens(deps, place, tokens.value, true);
}

/** Cognito does not ask for the space of one sign-in, and asks again before anybody hears of it. */
async function withoutSecondStep(
  deps: DoorDeps,
  { client, sub, email, password }: { client: AppClient; sub: string; email: string; password: string },
): Promise<Result<Tokens, Away>> {
  const off = await deps.identity.setTotp({ email, on: false });
  const signedIn = off.ok ? await deps.identity.signIn({ client, email, password }) : off;
  await askAgain(deps, { sub, email });
  if (signedIn.ok && signedIn.value.kind === "signed-in") return ok(signedIn.value.tokens);
  const refusal = signedIn.ok ? null : signedIn.error;
  return err(refusal && isAway(refusal) ? refusal : { code: "IDENTITY_UNAVAILABLE", retryAfterMs: 2_000 });
}

/** @returns whether Cognito asks again. What failed stays noted, and the worker goes on with it. */
async function askAgain(
  deps: Pick<DoorDeps, "db" | "identity" | "log">,
  { sub, email }: { sub: string; email: string },
): Promise<boolean> {
  const on = await deps.identity.setTotp({ email, on: true });
  if (!on.ok && on.error.code !== "ACCOUNT_UNKNOWN") {
    deps.log.error({ refusal: on.error.code }, "Cognito could not be told to ask for the second step again");
    return false;
  }
  await deps.db.asActor(door, (tx) => tx.execute(sql`DELETE FROM second_step_pauses WHERE sub = ${sub}`));
  return true;
}

/** For the worker: whoever died in between left an account without its second step; it has it again. @returns how many. */
export async function endPauses(deps: Pick<DoorDeps, "db" | "identity" | "log" | "clock">): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - pauseMs).toISOString();
  const left = await deps.db.asActor(door, (tx) =>
    tx.execute<{ sub: string; email: string }>(
      sql`SELECT sub, email FROM second_step_pauses WHERE since < ${before} ORDER BY since LIMIT 20`,
    ),
  );
  let ended = 0;
  for (const pause of left) if (await askAgain(deps, pause)) ended += 1;
  return ended;
}
