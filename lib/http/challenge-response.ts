import type { LoginAnswer } from "@/lib/auth/sign-in-caller";
import { err, ok, type Result } from "@/lib/kernel/result";
import { problemResponse } from "./problem";

type Challenged = { code: "CHALLENGE"; challenge: string; session: string };

/** interfaces.md: a second step is a 401 that names it, with the session for POST /auth/challenge. All else as it is. */
export function challengeResponse<E extends { code: string }>(
  answer: Result<LoginAnswer, E | Challenged>,
): Response | Result<LoginAnswer, Exclude<E, Challenged>> {
  if (answer.ok) return ok(answer.value);
  const refusal = answer.error;
  if (!isChallenge(refusal)) return err(refusal as Exclude<E, Challenged>);
  const { challenge, session } = refusal;
  return problemResponse({ code: "SIGN_IN_CHALLENGE" }, { extra: { success: false, challenge, session } });
}

function isChallenge(refusal: { code: string }): refusal is Challenged {
  return refusal.code === "CHALLENGE";
}
