import { readFileSync } from "node:fs";

/**
 * `npm start` killed by SIGKILL cannot pass it on: we would go on unseen, holding the ports. So when npm started us and
 * is gone, we stop as on Ctrl-C. Started without npm, a parent's end means nothing.
 */
export function leaveWithNpm(stop: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const before = ancestry();
  setInterval(() => {
    if (ancestry() !== before) stop();
  }, 500).unref();
}

/** Our parent and, where that is the shell which npm puts between (only Linux tells cheaply), the shell's parent. */
function ancestry(): string {
  const parent = process.ppid;
  if (process.platform !== "linux") return String(parent);
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, "utf8");
    const [, grandparent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return /\((sh|dash|bash)\)/.test(stat) ? `${parent} ${grandparent}` : String(parent);
  } catch {
    return "gone"; // it ended between the two looks, which is the answer
  }
}
