"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** No more often than this, whatever the clock says. Milliseconds. */
const leastMs = 30_000;
const mostMs = 6 * 3_600_000;

/** Looks again when somebody comes back to the page, and when it will have something else to say. @param againInMs null: never by itself. */
export function Fresh({ againInMs }: { againInMs: number | null }) {
  const router = useRouter();
  useEffect(() => {
    let last = Date.now();
    const again = () => {
      if (document.visibilityState !== "visible" || Date.now() - last < 2_000) return;
      last = Date.now();
      router.refresh();
    };
    const timer =
      againInMs === null ? undefined : setTimeout(again, Math.min(mostMs, Math.max(leastMs, againInMs)));
    document.addEventListener("visibilitychange", again);
    window.addEventListener("focus", again);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", again);
      window.removeEventListener("focus", again);
    };
  }, [againInMs, router]);
  return null;
}
