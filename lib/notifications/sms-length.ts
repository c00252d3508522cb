/** The alphabet of GSM 03.38 §6.2.1; those of the extension table cost two. */
const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const extended = new Set("^{}\\[~]|€\f");

export type SmsLength = { alphabet: "GSM-7" | "UCS-2"; units: number; parts: number };

/**
 * How long a text is, as networks count and bill it: one letter outside the plain alphabet makes all of it UCS-2. Parts of a longer text
 * give up room for their header (3GPP TS 23.040 §9.2.3.24.1): 160 → 153 septets, 70 → 67 code units.
 */
export function smsLength(text: string): SmsLength {
  const letters = [...text];
  const plain = letters.every((letter) => basic.has(letter) || extended.has(letter));
  const units = plain
    ? letters.reduce((sum, letter) => sum + (extended.has(letter) ? 2 : 1), 0)
    : text.length;
  const [alone, each] = plain ? [160, 153] : [70, 67];
  return { alphabet: plain ? "GSM-7" : "UCS-2", units, parts: units <= alone ? 1 : Math.ceil(units / each) };
}
