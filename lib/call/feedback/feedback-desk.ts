import type { Measured, SurveyAnswer, TroubleKind } from "@/lib/kernel/measured";
import { unlessOffline } from "../unless-offline";

/** `closed`: the visit was too long ago, or enough was said. */
export type Told = "done" | "closed" | "failed";
export type FeedbackDesk = {
  /** Whether this browser has said already how it was. */
  answered: () => boolean;
  answer: (answer: SurveyAnswer) => Promise<Told>;
  report: (what: TroubleKind) => Promise<Told>;
  /** "Call me instead". "": the number that the clinic has. `number`: the clinic has none, or this is none. */
  callMe: (number: string) => Promise<Told | "number">;
};

/**
 * What is told after a call. Its session ended with it, so the browser's cookie speaks for the seat.
 *
 * @param seatId of the seat that this page had, as soon as it had one.
 * @param answered what was known of that when the page was made.
 */
export function feedbackDesk(
  deps: { fetch: typeof fetch; measured: () => Measured },
  { visitId, seatId, answered = false }: { visitId: string; seatId: string; answered?: boolean },
): FeedbackDesk {
  let said = answered;
  async function tell(door: "survey" | "trouble", body: Record<string, unknown>): Promise<Told> {
    const status = await post(door, body);
    if (status === 409 || status === 410) return "closed";
    return status < 300 ? "done" : "failed";
  }

  /** No network counts as 503. */
  async function post(
    door: "survey" | "trouble" | "call-me",
    body: Record<string, unknown>,
  ): Promise<number> {
    const response = await unlessOffline(
      deps.fetch(`/api/visits/${encodeURIComponent(visitId)}/${door}?seat=${encodeURIComponent(seatId)}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        keepalive: true,
      }),
    );
    return response?.status ?? 503;
  }
  return {
    answered: () => said,
    async answer(answer) {
      const told = await tell("survey", { answer });
      said ||= told === "done";
      return told;
    },
    async callMe(number) {
      const status = await post("call-me", number === "" ? {} : { number });
      // 400: no number can be read in it.
      if (status === 400 || status === 422) return "number";
      if (status === 409 || status === 410) return "closed";
      return status < 300 ? "done" : "failed";
    },
    report: (what) => tell("trouble", { what, measured: deps.measured() }),
  };
}
