"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { Icon } from "../../../../icons";

type Props = {
  /** What came of the booking that led here; null: the reader came otherwise. */
  words: string | null;
  /** The same once its messages have arrived. */
  after: string;
  arrived: boolean;
  good: boolean;
  /** Another once the visit is not as it was booked any more. */
  version: string;
};

/**
 * Said once, to who has just booked: the address forgets it at once (with a state of nobody's, so that the router learns of it), so that a page
 * that is loaded again says nothing of it; and it goes with the first change of the visit.
 */
export function Booked({ words, after, arrived, good, version }: Props) {
  const [told] = useState({ words, good, version });
  const path = usePathname();
  useEffect(() => {
    if (location.search) history.replaceState(null, "", path);
  }, [path]);
  if (told.words === null || told.version !== version) return null;
  return (
    <p className={told.good ? "banner banner--good head" : "banner banner--notice head"} role="status">
      <Icon name={told.good ? "good" : "warn"} />
      <span>{arrived ? after : told.words}</span>
    </p>
  );
}
