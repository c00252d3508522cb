import type { Cipher } from "@/lib/ports/cipher";

const contextOf = (callId: string) => ({ table: "support_call_ratings", column: "words", callId });

/** A caller's own words about a call, sealed by the vault for one row: moved to another they open no more. */
export async function sealWords(
  { cipher }: { cipher: Cipher },
  callId: string,
  text: string,
): Promise<Buffer> {
  return Buffer.from(await cipher.seal(Buffer.from(text, "utf8"), contextOf(callId)));
}

export async function openWords(
  { cipher }: { cipher: Cipher },
  callId: string,
  sealed: Buffer,
): Promise<string> {
  return Buffer.from(await cipher.open(sealed, contextOf(callId))).toString("utf8");
}
