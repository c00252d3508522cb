import {
  answerWithin,
  attributeOf,
  type ContactEvent,
  contactOf,
  parameterOf,
} from "@/lib/support-calls/contact-event";
import { type CallerAnswer, unverified, verifyCaller } from "@/lib/support-calls/verify-caller";
import { openLambda } from "@/lib/wiring/lambda";

const deps = openLambda("extract-auth-context", process.env);
// While it loads, a function has time; a caller has none. What fails here is told when it is asked for.
deps.signer.currentKeyId().catch(() => {});

/**
 * Seed 0, step 4: a contact flow asks who calls. The signed context stands in the contact's attributes (route `webrtc`), or comes as the parameter
 * `auth_token` (route `sip`, from the header). Answers within 2 s, whatever happens: where it cannot vouch for anybody, the flow asks.
 */
export async function handler(event: ContactEvent): Promise<CallerAnswer> {
  const token = parameterOf(event, "auth_token") || attributeOf(event, "caller_context");
  const verifying = verifyCaller(deps, { token, contactId: contactOf(event) });
  return answerWithin(1_900, verifying, unverified("UNAVAILABLE"));
}
