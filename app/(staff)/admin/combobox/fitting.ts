import type { Option } from "./use-combobox";

/** As they are compared: capitals and marks do not matter. */
const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase("en");

/** Options of which each word typed begins a word. */
export function fitting<O extends Option>(options: readonly O[], typed: string): O[] {
  const asked = folded(typed)
    .split(/[\s,]+/)
    .filter(Boolean);
  return options.filter(({ label, detail = "" }) => {
    const words = folded(`${label} ${detail}`).split(/[\s,·]+/);
    return asked.every((begin) => words.some((word) => word.startsWith(begin)));
  });
}
