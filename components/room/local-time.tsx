"use client";

import { type ReactNode, useEffect, useState } from "react";
import { clockTime } from "@/lib/call/time-words";

/** A time of day where the reader is; until their browser has said where that is, what the server wrote. */
export function LocalTime({ iso, tag, children }: { iso: string; tag: string; children: ReactNode }) {
  const [here, setHere] = useState<string | null>(null);
  useEffect(() => {
    setHere(clockTime(new Date(iso), Intl.DateTimeFormat().resolvedOptions().timeZone, tag));
  }, [iso, tag]);
  return (
    <b className="ink">
      <time dateTime={iso}>{here ?? children}</time>
    </b>
  );
}
