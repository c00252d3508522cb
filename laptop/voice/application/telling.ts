import { type Answer, readAnswer } from "./read-response";

/** A function must answer within this, or the call ends. */
const answerWithinMs = 5_000;

/** Structurally laptop/lambda's. */
export type Invoke = (
  functionArn: string,
  event: unknown,
  options: { timeoutMs: number },
) => Promise<{ ok: true; payload: unknown } | { ok: false; code: string; message: string }>;

/**
 * Tells a call's function what happened: one event after another, each after the answer to the one before. One that fails, or answers nonsense, is told
 * so once more; then it is given up.
 */
export function openTelling(options: {
  invoke: Invoke;
  functionArn: string;
  /** How the call stands, as the function is told with each event. */
  callDetails: () => object;
  /** @param heeded false: the vendor takes no actions from this answer, only attributes. */
  onAnswer: (answer: Answer, heeded: boolean) => void;
  onGivenUp: () => void;
  /** All that had happened has been told. */
  onIdle: () => void;
  log: (line: object) => void;
}) {
  let sequence = 0;
  let untold = 0;
  let closed = false;
  let telling: Promise<void> = Promise.resolve();

  async function ask(type: string, more: object): Promise<ReturnType<typeof readAnswer>> {
    sequence += 1;
    const event = {
      SchemaVersion: "1.0",
      Sequence: sequence,
      InvocationEventType: type,
      ...more,
      CallDetails: options.callDetails(),
    };
    const told = await options.invoke(options.functionArn, event, { timeoutMs: answerWithinMs });
    return told.ok ? readAnswer(told.payload) : `${told.code}: ${told.message}`;
  }

  async function next(type: string, more: object, heeded: boolean): Promise<void> {
    untold -= 1;
    if (closed) return;
    let answer = await ask(type, more);
    if (typeof answer === "string" && heeded) {
      options.log({ event: type, fault: answer });
      const failed = { ErrorType: "InvalidLambdaResponse", ErrorMessage: answer };
      answer = await ask("INVALID_LAMBDA_RESPONSE", failed);
      if (typeof answer === "string") return options.onGivenUp();
    }
    if (typeof answer !== "string") options.onAnswer(answer, heeded);
    if (untold === 0) options.onIdle();
  }

  return {
    tell(type: string, more: object = {}, heeded = true): void {
      untold += 1;
      telling = telling.then(() => next(type, more, heeded));
    },
    /** Nothing more is told. */
    close(): void {
      closed = true;
    },
  };
}
