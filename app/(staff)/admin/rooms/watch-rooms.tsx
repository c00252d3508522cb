"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { LiveRoom } from "@/lib/rooms/answers";

/**
 * Shows the page again when something of it has changed, and once at first: what happened between its making and the stream's first word was
 * told to nobody. @param path of a stream whose every event says how things are.
 */
export function WatchRooms({ path }: { path: string }) {
  const router = useRouter();
  useEffect(() => {
    const source = new EventSource(path);
    let shown: string | null = null;
    source.addEventListener("state", (event) => {
      const { now: _now, ...state } = JSON.parse((event as MessageEvent<string>).data) as Partial<LiveRoom>;
      const text = JSON.stringify(state);
      if (shown !== text) router.refresh();
      shown = text;
    });
    return () => source.close();
  }, [path, router]);
  return null;
}
