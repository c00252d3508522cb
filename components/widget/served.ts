import ar from "@/messages/ar/support.json";
import en from "@/messages/en/support.json";
import es from "@/messages/es/support.json";

/** The script as it is served, with its words in each language. @param script as it was built. */
export function withWords(script: string): string {
  const words = { en: en.support.widget, es: es.support.widget, ar: ar.support.widget };
  return script.replaceAll('"VOUCHSAFE_WORDS"', () => JSON.stringify(words));
}
