"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { liveVersion } from "@/lib/kernel/live-version";

/**
 * Shows the page anew when it shows what is no longer so. Not by the clock: each look is written to the audit.
 * @param path of a stream whose every event says how things are.
 * @param version of the live state, read before all else that the page shows: what changes before the stream opens is told by its first event.
 */
export function Follow({ path, version }: { path: string; version: string }) {
  const router = useRouter();
  const shown = useRef(version);
  shown.current = version;
  useEffect(() => {
    const live = new EventSource(path);
    live.addEventListener("state", ({ data }) => {
      if (liveVersion(JSON.parse(data)) !== shown.current) router.refresh();
    });
    return () => live.close();
  }, [router, path]);
  return null;
}
