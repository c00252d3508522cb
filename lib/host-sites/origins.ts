/** More than a site has, with its languages and its trials. */
export const originsMax = 10;
/** Where somebody tries it on their own machine. */
const loopback = new Set(["localhost", "127.0.0.1"]);

/**
 * The origin that somebody wrote: https, or http on their own machine. Exactly an origin: no path, no name and password, no pattern.
 *
 * @returns as browsers say it (lower case, no default port), or null.
 */
export function readOriginOf(written: string): string | null {
  const text = written.trim().replace(/\/$/, "");
  // What a policy's list of sources gives another meaning to: patterns, separators.
  if (text.length > 253 || /[\s*;,'"\\]/.test(text)) return null;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.pathname !== "/" || url.search || url.hash || url.username || url.password) return null;
  if (text.includes("?") || text.includes("#") || text.includes("@")) return null;
  const allowed = url.protocol === "https:" || (url.protocol === "http:" && loopback.has(url.hostname));
  return allowed ? url.origin : null;
}

/**
 * Every origin of a text with one a line. @returns each once, or what could not be read (`wrong`); null: none, or too many.
 */
export function readOrigins(text: string): { origins: string[] } | { wrong: string } | null {
  const lines = text
    .split(/[\n\r]+/)
    .map((line) => line.trim())
    .filter(Boolean);
  const origins = new Set<string>();
  for (const line of lines) {
    const origin = readOriginOf(line);
    if (!origin) return { wrong: line.slice(0, 100) };
    origins.add(origin);
  }
  return origins.size === 0 || origins.size > originsMax ? null : { origins: [...origins] };
}
