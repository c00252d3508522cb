"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { liveVersion } from "@/lib/visits/live-version";

/**
 * Shows the page anew when it shows what is no longer so. Not by the clock: each look at a visit is written to the audit.
 * @param version of the live state that the page was made from. What changes before the stream opens is told by the stream's first event.
 */
export function Follow({ visitId, version }: { visitId: string; version: string }) {
  const router = useRouter();
  const shown = useRef(version);
  shown.current = version;
  useEffect(() => {
    const live = new EventSource(`/api/visits/${visitId}/events`);
    live.addEventListener("state", ({ data }) => {
      if (liveVersion(JSON.parse(data)) !== shown.current) router.refresh();
    });
    return () => live.close();
  }, [router, visitId]);
  return null;
}
