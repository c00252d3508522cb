"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Shows the page anew when somebody comes, goes or is let in. Not by the clock: each look at a visit is written to the audit. */
export function Follow({ visitId }: { visitId: string }) {
  const router = useRouter();
  useEffect(() => {
    const live = new EventSource(`/api/visits/${visitId}/events`);
    let first = true;
    live.addEventListener("state", () => {
      if (!first) router.refresh();
      first = false;
    });
    return () => live.close();
  }, [router, visitId]);
  return null;
}
