/** Milliseconds before each further try: quick at first, for the app may still be starting; then as patient as SNS. */
const delaysMs = [200, 500, 1_000, 2_000, 5_000, ...Array.from({ length: 60 }, () => 20_000)];
const deadlineMs = 10_000;

export type Posting = { id: string; type: string; topicArn: string; endpoint: string };

/**
 * Posts one notification as SNS does, until it is taken (2xx), refused for good (4xx but 429), or an hour has gone by.
 * @returns the last status; null when nobody ever answered. Ends early when `signal` aborts.
 */
export async function post(
  { id, type, topicArn, endpoint }: Posting,
  body: () => string,
  signal: AbortSignal,
): Promise<number | null> {
  let status: number | null = null;
  for (const delayMs of [0, ...delaysMs]) {
    if (delayMs > 0) await pause(delayMs, signal);
    if (signal.aborted) return status;
    status = await once();
    if (status !== null && status < 500 && status !== 429) return status;
  }
  return status;

  async function once(): Promise<number | null> {
    try {
      const answer = await fetch(endpoint, {
        method: "POST",
        headers: {
          "content-type": "text/plain; charset=UTF-8",
          "user-agent": "Amazon Simple Notification Service Agent",
          "x-amz-sns-message-type": type,
          "x-amz-sns-message-id": id,
          "x-amz-sns-topic-arn": topicArn,
        },
        body: body(),
        redirect: "error",
        signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null; // not up yet, or gone: that is what the further tries are for
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(end, ms);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      done();
    }
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
