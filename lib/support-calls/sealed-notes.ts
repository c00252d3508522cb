import type { CallDeps } from "./deps";

type Row = { contactId: string; staffId: string };
const contextOf = ({ contactId, staffId }: Row) => ({
  table: "desk_contacts",
  column: "notes",
  contactId,
  staffId,
});

/** An agent's notes, sealed by the vault for one row: moved to another they open no more. */
export async function sealNotes(
  { cipher }: Pick<CallDeps, "cipher">,
  row: Row,
  text: string,
): Promise<Buffer> {
  return Buffer.from(await cipher.seal(Buffer.from(text, "utf8"), contextOf(row)));
}

export async function openNotes(
  { cipher }: Pick<CallDeps, "cipher">,
  row: Row,
  sealed: Buffer,
): Promise<string> {
  return Buffer.from(await cipher.open(sealed, contextOf(row))).toString("utf8");
}
