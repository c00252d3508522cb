import type { Need } from "./deps";

type Place = { table: string; column: string; id: string };

/** What a person said, sealed by the vault for one column of one row: moved to another it opens no more. */
export async function sealRow({ cipher }: Need<"cipher">, place: Place, text: string): Promise<Buffer> {
  return Buffer.from(await cipher.seal(Buffer.from(text, "utf8"), place));
}

export async function openRow({ cipher }: Need<"cipher">, place: Place, sealed: Buffer): Promise<string> {
  return Buffer.from(await cipher.open(sealed, place)).toString("utf8");
}
