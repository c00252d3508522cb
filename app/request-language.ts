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
import { seeOwn } from "./(customer)/own";
import { seeCheck } from "./c/[shortCode]/check";
import { seeDoor } from "./j/[shortCode]/door";

/**
 * The language of this request: what the person chose on a page, else what their clinic knows of them (at the door), else what
 * their browser asks for. One look for a request.
 */
export const requestLanguage = cache(async (): Promise<Language> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const chosen = head.get("x-embed-language") ?? jar.get(languageCookie)?.value;
  const known = chosen ? null : await patientLanguage(head);
  return languageOf(
    [chosen, known, ...acceptedLanguages(head.get("accept-language"))],
    head.get("x-staff") ? staffLocales : locales,
  );
});

/** Null for a link or a sign-in of nobody's, and for a clinician's: theirs is the browser's. */
async function patientLanguage(head: Headers): Promise<string | null> {
  if (head.get("x-own")) return (await seeOwn())?.locale ?? null;
  const [code, checkCode] = [head.get("x-door"), head.get("x-check")];
  if (checkCode) {
    const check = await seeCheck(checkCode);
    return check.kind === "open" ? check.visit.locale : null;
  }
  if (!code) return null;
  const door = await seeDoor(code);
  return "visit" in door && door.party === "patient" ? door.visit.locale : null;
}
