/** An address with some of what is asked changed; an empty value goes. */
export function askedHref(
  page: string,
  typed: Record<string, string>,
  change: Record<string, string> = {},
): string {
  const asked = Object.entries({ ...typed, ...change }).filter(([, value]) => value !== "");
  return asked.length > 0 ? `${page}?${new URLSearchParams(asked)}` : page;
}
