import { html, Markup } from "./html";

const paths = {
  tick: "m4.5 12.5 5 5 10-11",
  cross: "m6 6 12 12M18 6 6 18",
  down: "m6 9.5 6 6 6-6",
  warning: "M12 3.5 2.5 20h19zM12 10v4.5M12 17.4v.1",
  calendar:
    "M3.5 7a2 2 0 0 1 2-2h13a2 2 0 0 1 2 2v11.5a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2zM3.5 10h17M8 2.8V7M16 2.8V7",
  file: "M6 3.5h8l4 4v13H6zM14 3.5v4h4",
  save: "M12 3.5v12M7 11l5 5 5-5M4 20.5h16",
  bolt: "M13 2.5 5 14h6l-1 7.5L18 10h-6z",
} as const;

/** Decoration beside a word, never instead of one. */
export const icon = (name: keyof typeof paths) =>
  html`<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="${paths[name]}"/></svg>`;

export const mark = new Markup(
  '<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" fill="currentColor"><path d="M-1 10.15 9.51 15.78 25 1.71V-1H-1z"/><path d="M-1 12.98 9.89 18.82 25 5.09V25H-1z"/></svg>',
);
