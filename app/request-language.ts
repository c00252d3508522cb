import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import {
  acceptedLanguages,
  type Language,
  languageCookie,
  languageOf,
  locales,
  staffLocales,
} from "@/messages/locales";
import { seeDoor } from "./j/[shortCode]/door";

/**
 * The language of this request: what the person chose on a page, else what their clinic knows of them (at the door), else what
 * their browser asks for. One look for a request.
 */
export const requestLanguage = cache(async (): Promise<Language> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const chosen = jar.get(languageCookie)?.value;
  const code = head.get("x-door");
  const known = chosen || !code ? null : await patientLanguage(code);
  return languageOf(
    [chosen, known, ...acceptedLanguages(head.get("accept-language"))],
    head.get("x-staff") ? staffLocales : locales,
  );
});

/** Null for a link of nobody's, and for a clinician's: theirs is the browser's. */
async function patientLanguage(code: string): Promise<string | null> {
  const door = await seeDoor(code);
  return "visit" in door && door.party === "patient" ? door.visit.locale : null;
}
