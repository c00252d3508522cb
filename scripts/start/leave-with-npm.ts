/**
 * `npm start` killed by SIGKILL cannot pass it on: we would go on unseen, holding the ports. So when npm started us and
 * our parent is no longer it, we stop as on Ctrl-C. Started without npm, a parent's end means nothing.
 */
export function leaveWithNpm(stop: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 500).unref();
}
