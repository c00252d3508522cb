import type { Need } from "./deps";

type Column = "chief_complaint" | "clinical_notes";
const contextOf = (column: Column, visitId: string) => ({ table: "video_visits", column, visitId });

/** Clinical text, sealed by the vault for one column of one visit: moved to another row it opens no more. */
export async function sealText(
  deps: Need<"cipher">,
  column: Column,
  visitId: string,
  text: string,
): Promise<Buffer> {
  return Buffer.from(await deps.cipher.seal(Buffer.from(text, "utf8"), contextOf(column, visitId)));
}

export async function openText(
  deps: Need<"cipher">,
  column: Column,
  visitId: string,
  sealed: Buffer,
): Promise<string> {
  return Buffer.from(await deps.cipher.open(sealed, contextOf(column, visitId))).toString("utf8");
}
