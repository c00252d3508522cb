/** The icons of the patient's pages: 24 × 24, in the text's own colour. Always beside a word. */
const paths = {
  camera:
    "M5 6.5h8a2.5 2.5 0 0 1 2.5 2.5v6a2.5 2.5 0 0 1-2.5 2.5H5A2.5 2.5 0 0 1 2.5 15V9A2.5 2.5 0 0 1 5 6.5zM15.5 11l6-3.5v9l-6-3.5",
  cameraOff:
    "M8.5 6.5H13A2.5 2.5 0 0 1 15.5 9v3M15.5 15.5a2.5 2.5 0 0 1-2.5 2H5A2.5 2.5 0 0 1 2.5 15V9A2.5 2.5 0 0 1 4 6.7M17 12.2l4.5 2.8V8l-6 3.5M3 3l18 18",
  mic: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  micOff:
    "M9 9v2a3 3 0 0 0 4.6 2.5M15 11V6a3 3 0 0 0-5.8-1M5.5 11.5a6.5 6.5 0 0 0 10.300 5.300M18.500 11.500a6.400 6.400 0 0 1-.7 2.900M12 18v3M3 3l18 18",
  speaker: "M4 9.5v5h3.500l5 4v-13l-5 4zM16 9a4.200 4.200 0 0 1 0 6M18.600 6.300a8 8 0 0 1 0 11.400",
  tick: "m4.5 12.500 5 5 10-11",
  play: "M7 4.500v15l12-7.500z",
  down: "m6 9.500 6 6 6-6",
  door: "M6 20.500v-17h12v17M3.500 20.500h17M14.500 12v.1",
  phone:
    "M5.200 3.500h3.300l1.700 4.600-2.200 1.600a12.500 12.500 0 0 0 6.300 6.300l1.600-2.200 4.600 1.700v3.300a1.800 1.800 0 0 1-2 1.700A17 17 0 0 1 3.500 5.500a1.800 1.800 0 0 1 1.700-2z",
  send: "M3.500 11.500 21 3.500l-6.500 17-3.500-7zM11 13.500l4-4.500",
  wifi: "M2.500 9.500a14 14 0 0 1 19 0M6 13a9 9 0 0 1 12 0M9.300 16.300a4.500 4.500 0 0 1 5.400 0M12 19.600v.1",
  clock: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5.200l3.500 2",
  warn: "M12 3.500 2.500 20h19zM12 10v4.500M12 17.400v.1",
  again: "M4 12a8 8 0 0 1 14-5.300L20.500 9M20.500 4v5h-5M20 12a8 8 0 0 1-14 5.300L3.500 15M3.500 20v-5h5",
  hangUp: "M2.800 14.600c5-5.200 13.400-5.200 18.400 0l-2.200 3-4-1.500v-3a12 12 0 0 0-6 0v3l-4 1.500z",
  lock: "M6.500 10.500h11a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2zM8 10.500v-3a4 4 0 0 1 8 0v3",
  note: "M4.500 5h15a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-15a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM3.500 7l8.500 6 8.500-6",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, large = false }: { name: IconName; large?: boolean }) {
  const solid = name === "play" || name === "hangUp";
  return (
    <svg className={large ? "i i--lg" : "i"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} fill={solid ? "currentColor" : undefined} />
    </svg>
  );
}

/** The disc cut in two by a tick: only where something is vouched for, and in the logo. */
export function Mark() {
  return (
    <svg className="mark mark--ok" viewBox="0 0 24 24" aria-hidden="true" fill="currentColor">
      <path d="M-1 10.150 9.510 15.780 25 1.710V-1H-1z" />
      <path d="M-1 12.980 9.890 18.820 25 5.090V25H-1z" />
    </svg>
  );
}
