import { createContext, useContext } from "react";
import type { Messages } from "@/messages/messages";

/**
 * The texts of the preview in the reader's language, as the server put them into the page: plain, with nothing left to fill in, so that the
 * door needs no formatter (decision 0014).
 */
export type PreviewWords = Messages["preview"];

const Words = createContext<PreviewWords | null>(null);
export const PreviewWordsProvider = Words.Provider;

export function usePreviewWords(): PreviewWords {
  const words = useContext(Words);
  if (!words) throw new Error("no PreviewWordsProvider above");
  return words;
}
