"use client";

import { encode } from "uqr";

const quiet = 4; // ISO/IEC 18004: the light margin that a camera needs

/** A link as a code for a phone's camera. */
export function PhoneCode({ link, label }: { link: string; label: string }) {
  const { data, size } = encode(link, { border: quiet });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg
      className="phone-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={dark} />
    </svg>
  );
}
