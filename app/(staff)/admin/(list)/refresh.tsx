"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Asks the server again every 15 seconds while the page is looked at. Rows change in place; what has focus keeps it. */
export function Refresh() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, 15_000);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
