import { header, readCseq, readVia, type SipRequest } from "./message";

/** Answers that are kept for requests that come again; the oldest give way. */
const keptMax = 2_048;

/** What the far side asked and we answered (RFC 3261 §17.2): a request that comes again gets the same answer, and is not done twice. */
export function openServerTransactions(options: { keepMs: number; now: () => number }) {
  const kept = new Map<string, { answer: Buffer | null; atMs: number }>();

  function forgetOld(): void {
    for (const [key, { atMs }] of kept) {
      if (kept.size <= keptMax && options.now() - atMs < options.keepMs) return;
      kept.delete(key);
    }
  }

  return {
    /** @returns null for a new request; else what it was answered, if it was. */
    seen(request: SipRequest): { answer: Buffer | null } | null {
      forgetOld();
      const key = keyOf(request);
      const known = kept.get(key);
      if (known) return known;
      kept.set(key, { answer: null, atMs: options.now() });
      return null;
    },
    answered(request: SipRequest, answer: Buffer): void {
      const known = kept.get(keyOf(request));
      if (known) known.answer = answer;
    },
  };
}

/** RFC 3261 §17.2.3: the branch, where it was sent from, and the method. */
function keyOf(request: SipRequest): string {
  const via = readVia(header(request, "via"));
  const cseq = readCseq(header(request, "cseq"));
  return JSON.stringify([via?.branch, via?.sentBy, cseq?.number, request.method]);
}
