import { answerWithin } from "@/lib/support-calls/contact-event";
import { bridgeCall, type SipAnswer, type SipEvent } from "@/lib/support-calls/sip-bridge";
import { openSipBridge } from "@/lib/wiring/sip-bridge";

const meetings = openSipBridge(process.env);

/** Seed 0, step 3: the function of the SIP media application. A meeting that could not be ended ends by itself, five minutes after the last voice. */
export async function handler(event: SipEvent): Promise<SipAnswer> {
  const { answer, endMeetingId } = bridgeCall(event);
  if (endMeetingId) await answerWithin(2_000, meetings.end(endMeetingId), null);
  return answer;
}
