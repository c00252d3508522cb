import type { Quality } from "@/lib/call/call-state";

const barsOf: Record<Quality, number> = { good: 4, fair: 3, weak: 2, bad: 1, none: 0 };

/** Beside the word, never without it. */
export function Bars({ quality }: { quality: Quality }) {
  return (
    <span className="bars" aria-hidden="true">
      {["1", "2", "3", "4"].map((bar, index) => (
        <i key={bar} className={index < barsOf[quality] ? "on" : ""} />
      ))}
    </span>
  );
}
