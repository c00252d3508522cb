import type { ProblemFacts } from "./problem";

/** Seed 3's members of a refusal: `success`, its words for a failed log-in, and 400 for fields that are not right. */
export function accountRefusal({ code }: ProblemFacts): Record<string, unknown> {
  return {
    success: false,
    ...(code === "INPUT_INVALID" ? { status: 400 } : {}),
    ...(code === "CREDENTIALS_REFUSED" ? { message: "Invalid email or password" } : {}),
    ...(code === "IDENTITY_NOT_CONFIGURED" ? { message: "Cognito not configured" } : {}),
  };
}
