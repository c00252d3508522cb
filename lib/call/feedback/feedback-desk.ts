import type { Measured, SurveyAnswer, TroubleKind } from "@/lib/kernel/measured";

/** `closed`: the visit was too long ago, or enough was said. */
export type Told = "done" | "closed" | "failed";
export type FeedbackDesk = {
  answer: (answer: SurveyAnswer) => Promise<Told>;
  report: (what: TroubleKind) => Promise<Told>;
};

/**
 * What is told after a call. Its session ended with it, so the browser's cookie speaks for the seat.
 *
 * @param seatId of the seat that this page had, as soon as it had one.
 */
export function feedbackDesk(
  deps: { fetch: typeof fetch; measured: () => Measured },
  { visitId, seatId }: { visitId: string; seatId: string },
): FeedbackDesk {
  async function tell(door: "survey" | "trouble", body: Record<string, unknown>): Promise<Told> {
    try {
      const response = await deps.fetch(
        `/api/visits/${encodeURIComponent(visitId)}/${door}?seat=${encodeURIComponent(seatId)}`,
        {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
          keepalive: true,
        },
      );
      if (response.ok) return "done";
      return response.status === 409 || response.status === 410 ? "closed" : "failed";
    } catch (cause) {
      if (cause instanceof TypeError) return "failed"; // no network
      throw cause;
    }
  }
  return {
    answer: (answer) => tell("survey", { answer }),
    report: (what) => tell("trouble", { what, measured: deps.measured() }),
  };
}
