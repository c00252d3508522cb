import {
  answerWithin,
  type ContactEvent,
  callerOf,
  contactOf,
  parameterOf,
} from "@/lib/support-calls/contact-event";
import { type AccountAnswer, notIdentified, verifyAccount } from "@/lib/support-calls/verify-account";
import { openLambda } from "@/lib/wiring/lambda";

const deps = openLambda("verify-account", process.env);
deps.keyring().catch(() => {});

/** A contact flow asks whose account number a caller typed (parameter `account_number`). Answers within 2 s: else nobody's. */
export async function handler(event: ContactEvent): Promise<AccountAnswer> {
  const asked = {
    typed: parameterOf(event, "account_number"),
    contactId: contactOf(event),
    caller: callerOf(event),
  };
  const looking = deps.keyring().then((keyring) => verifyAccount({ db: deps.db, keyring }, asked));
  return answerWithin(1_900, looking, notIdentified);
}
