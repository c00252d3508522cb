/** Beside time and patient, which always stand there. */
export const visitColumns = ["clinician", "state", "link", "kind", "channel", "place"] as const;
export type VisitColumn = (typeof visitColumns)[number];
export const usualColumns: readonly VisitColumn[] = ["clinician", "state", "link"];

/** @param text names with commas between them; "" for the usual ones. Any other word is no column. */
export function columnsOf(text: string): readonly VisitColumn[] {
  if (text === "") return usualColumns;
  const named = text.split(",");
  return visitColumns.filter((column) => named.includes(column));
}

export function columnsText(chosen: readonly VisitColumn[]): string {
  if (chosen.join() === usualColumns.join()) return "";
  return chosen.length === 0 ? "none" : chosen.join();
}
