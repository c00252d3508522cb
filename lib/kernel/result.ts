/** A refusal is a value with a stable code; a fault throws. */
export type Result<T, E extends Refusal = Refusal> = { ok: true; value: T } | { ok: false; error: E };

/** `code` is stable and machine-readable (SCREAMING_SNAKE). Sentences for people are added at the door, in one place. */
export type Refusal<Code extends string = string> = { code: Code };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const err = <E extends Refusal>(error: E): { ok: false; error: E } => ({ ok: false, error });
