/** Keeps the screen on while the page is looked at; the system lets go whenever it is hidden, so it is asked for again. */
export function keepAwake(): () => void {
  let over = false;
  let lock: WakeLockSentinel | null = null;
  async function ask() {
    if (over || document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      if (over) await lock.release();
    } catch (cause) {
      // Refused to save power: the call goes on, the screen may sleep.
      if (!(cause instanceof DOMException)) throw cause;
    }
  }
  void ask();
  document.addEventListener("visibilitychange", ask);
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", ask);
    void lock?.release();
  };
}
