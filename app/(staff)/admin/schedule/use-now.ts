import { useEffect, useState } from "react";

const everyMs = 20_000;

/** The time that it is, moving on; begins with the server's, so that both draw the same first page. */
export function useNow(served: string): Date {
  const [now, setNow] = useState(() => new Date(served));
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
