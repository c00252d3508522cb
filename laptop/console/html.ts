/** Text that is safe to put into a page as it is. Made by `html` alone. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Shown = string | number | null | undefined | false | Markup | readonly Shown[];

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? "");

function shown(value: Shown): string {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(shown).join("");
  if (value === null || value === undefined || value === false) return "";
  return escaped(String(value));
}

/** Everything put in is escaped, for text and for quoted attributes, unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...values: Shown[]): Markup {
  return new Markup(parts.map((part, index) => part + shown(values[index])).join(""));
}

/** A web address in running text: the sentence's own full stop is none of it. */
export const address = /\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/** Text with its web addresses clickable; each opens in a tab of its own that knows nothing of this page. */
export function linked(text: string): Markup {
  const pieces: Shown[] = [];
  let from = 0;
  for (const { 0: url, index } of text.matchAll(address)) {
    const label = url.replace(/^https?:\/\//, "");
    pieces.push(
      text.slice(from, index),
      html`<a href="${url}" target="_blank" rel="noopener noreferrer">${label}</a>`,
    );
    from = index + url.length;
  }
  return html`${[...pieces, text.slice(from)]}`;
}
