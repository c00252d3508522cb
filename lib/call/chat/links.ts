/** A piece of a line; `href` only where it may be pressed. */
export type Piece = { text: string; href: string | null };

/**
 * Finds the addresses in a line that may be made links: https alone, written out as they are, without a name and password in front
 * (`https://clinic@evil.example` is a disguise). Everything else stays text.
 */
export function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of line.matchAll(/https:\/\/[^\s<>"]+/g)) {
    const text = found[0].replace(/[.,;:!?)\]}'’”]+$/, "");
    const href = safeAddress(text);
    if (href === null) continue;
    if (found.index > from) pieces.push({ text: line.slice(from, found.index), href: null });
    pieces.push({ text, href });
    from = found.index + text.length;
  }
  if (from < line.length) pieces.push({ text: line.slice(from), href: null });
  return pieces;
}

function safeAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const plain = url.protocol === "https:" && url.username === "" && url.password === "";
  // A name in another script that looks like ours is shown to nobody as a link.
  return plain && !url.hostname.split(".").some((label) => label.startsWith("xn--")) ? url.href : null;
}
