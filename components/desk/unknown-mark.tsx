"use client";

/** A broken ring with a question mark: nobody has proved who they are. Never the tick. */
export function UnknownMark() {
  return (
    <svg
      className="mark mark--un"
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
    >
      <circle cx="12" cy="12" r="10" strokeDasharray="4.6 2.38" transform="rotate(-78 12 12)" />
      <path
        d="M8.9 9.6a3.2 3.2 0 1 1 4.9 2.7c-1.3.8-1.8 1.3-1.8 2.4"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
      <circle cx="12" cy="17.6" r="1.5" fill="currentColor" stroke="none" />
    </svg>
  );
}
