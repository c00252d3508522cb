import type { Env } from "@/lib/env";
import type { Person } from "./people";

/** Whether somebody has yet to set up, or to give, the code that `STAFF_MFA=required` asks of staff. */
export function owesSecondStep(
  env: Pick<Env, "STAFF_MFA">,
  person: Pick<Person, "kind"> | null,
  secondStep: boolean,
): boolean {
  return env.STAFF_MFA === "required" && person?.kind === "staff" && !secondStep;
}
