/** Of an event, and of an answer. Bytes. */
export const payloadMaxBytes = 6 * 1024 * 1024;
/** Of an event that nobody waits for. Bytes. */
export const eventMaxBytes = 1024 * 1024;
/** How long loading a function may take. */
export const initMaxMs = 10_000;
/** A process that nobody asks anything is ended after this. */
export const idleMs = 300_000;

/** How an invocation went wrong, in Lambda's own form. */
export type FunctionError = { errorType: string; errorMessage: string; trace?: string[] };

export const tooLarge: FunctionError = {
  errorType: "Function.ResponseSizeTooLarge",
  errorMessage: `Response payload size exceeded maximum allowed payload size (${payloadMaxBytes} bytes).`,
};
