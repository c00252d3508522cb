const key = "support-call";

/** Notes that this window has the call, for its own reload. Where a browser keeps nothing, the page asks. */
export function keepCall(callId: string | null): void {
  try {
    if (callId) sessionStorage.setItem(key, callId);
    else sessionStorage.removeItem(key);
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
  }
}

export function keptCall(): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    return null;
  }
}
