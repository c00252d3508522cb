"use client";

/** The two halves of the voucher. `apart`: they don't fit (any more). `drifting`: somebody waits. `coming`: a new one is on its way. */
export function Halves({ state }: { state: "apart" | "drifting" | "coming" }) {
  return (
    <svg className={`halves halves--${state}`} viewBox="0 0 24 24" aria-hidden="true">
      <path className="halves__up" d="M.9 11.600A11.100 11.100 0 0 1 20.600 5L9.700 15.300z" />
      <path className="halves__lo" d="M1 13.600l9 4.800L22 7.200A11.100 11.100 0 0 1 1 13.600z" />
    </svg>
  );
}
