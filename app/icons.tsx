"use client";

/** The icons of the staff pages: 24 × 24, drawn with the text's own colour. Always beside a word, never instead of one. */
const paths = {
  list: "M4 5h16M4 10h16M4 15h10M4 20h7",
  menu: "M4 6.5h16M4 12h16M4 17.5h16",
  people:
    "M9 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2.5 19.5a6.5 6.5 0 0 1 13 0M16 5a3.5 3.5 0 0 1 0 6.5M18 14a6.5 6.5 0 0 1 3.5 5.5",
  person: "M12 3.8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20.2a7.5 7.5 0 0 1 15 0",
  find: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21",
  pen: "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5",
  key: "M8 8.5a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6zM11.8 12.3H21v4M17 12.3v3",
  plus: "M12 4.5v15M4.5 12h15",
  warn: "M12 3.5 2.5 20h19zM12 10v4.5M12 17.4v.1",
  good: "m4.5 12.5 5 5 10-11",
  door: "M6 20.5v-17h12v17M3.5 20.5h17M14.5 12v.1",
  cross: "m6 6 12 12M18 6 6 18",
  eye: "M2.5 12C6 5.5 18 5.5 21.5 12 18 18.5 6 18.5 2.5 12zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z",
  send: "M3.5 11.5 21 3.5l-6.5 17-3.5-7zM11 13.5l4-4.5",
  link: "M10 14.5a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7L12 6.8M14 9.5a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 0 0 5.7 5.7l1.6-1.6",
  calendar:
    "M5.5 5h13a2 2 0 0 1 2 2v11.5a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM3.5 10h17M8 2.8V7M16 2.8V7",
  out: "M14 4.5H5.5v15H14M10.5 12H21M17 8l4 4-4 4",
  down: "m6 9.5 6 6 6-6",
  save: "M12 4v11M7.5 10.5 12 15l4.5-4.5M4.5 16v3.5h15V16",
  repeat: "M4.5 11a7.2 7.2 0 0 1 12.7-4L20 9.5M20 4.5v5h-5M19.5 13a7.2 7.2 0 0 1-12.7 4L4 14.5M4 19.5v-5h5",
  phone:
    "M5.2 3.5h3.3l1.7 4.6-2.2 1.6a12.5 12.5 0 0 0 6.3 6.3l1.6-2.2 4.6 1.7v3.3a1.8 1.8 0 0 1-2 1.7A17 17 0 0 1 3.5 5.5a1.8 1.8 0 0 1 1.7-2z",
  video: "M4 6.5h11.5v11H4zM15.5 10.5 21 7.5v9l-5.5-3z",
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg className="i" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

/** The mark: a disc cut in two by a tick. Only where something is vouched for, and in the logo. */
export function Mark({ className = "mark mark--ok" }: { className?: string }) {
  return (
    <svg className={className} viewBox="0 0 24 24" aria-hidden="true" fill="currentColor">
      <path d="M-1 10.15 9.51 15.78 25 1.71V-1H-1z" />
      <path d="M-1 12.98 9.89 18.82 25 5.09V25H-1z" />
    </svg>
  );
}
