import "server-only";
import { getTranslations } from "next-intl/server";
import { usStates } from "@/lib/kernel/us-states";
import type { Choices } from "./patient-fields";

/** What a patient's form offers, by name in the reader's language. */
export async function patientChoices(also: readonly string[] = []): Promise<Choices> {
  const t = await getTranslations("states");
  return {
    states: usStates.map((code) => ({ code, name: t(code) })),
    zones: [...new Set([...also, ...Intl.supportedValuesOf("timeZone")])].sort(),
  };
}
