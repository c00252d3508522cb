/** What is asked of a caller who is not verified; each is compared with our own book. `visit`: the month of the last one, `2026-10`; `number`: the patient's own. */
export const questions = ["account", "phone", "email", "visit", "number"] as const;
export type Question = (typeof questions)[number];
export type Answers = Partial<Record<Question, string>>;

/** Wrong tries that one call has. */
export const triesOfCall = 3;

/** What an answer is worth: contact details are known to others, an account number to its owner. A patient's number tells apart, and proves nothing. */
const worth: Record<Question, number> = { account: 2, phone: 1, email: 1, visit: 1, number: 0 };
const enough = 3;

export const questionsIn = (answers: Answers): Question[] =>
  questions.filter((one) => (answers[one] ?? "").trim() !== "");

/** Whether these answers, if right, tell a caller: the account number and one more, or the three others. */
export const weighs = (answers: Answers): boolean =>
  questionsIn(answers).reduce((sum, one) => sum + worth[one], 0) >= enough;

/** How a customer was proved. `sign-in`: by the context that came with the call, used up `at`; `site`: who says so, null: we do; `questions`: aloud, by the colleague `by`. */
export type Proof =
  | { by: "sign-in"; at: string; signedInAt: string; secondStep: boolean; site: string | null }
  | { by: "questions"; at: string; agent: string; asked: Question[] };

/** Why a caller is not verified: nothing came with the call, it did not hold, or nobody could say. */
export const doubts = [
  "NO_CONTEXT",
  "TOKEN_INVALID",
  "EXPIRED",
  "REUSED",
  "OVER",
  "NO_RECORD",
  "UNAVAILABLE",
] as const;
export type Doubt = (typeof doubts)[number];
