import "server-only";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import * as input from "@/lib/http/visit-inputs";
import { parsePhone } from "@/lib/kernel/phone";
import type { GivenGuest } from "@/lib/visits/add-guest";
import { guestsPerVisit } from "@/lib/visits/guests";

/** By row and field, like `0.phone`. */
export type GuestErrors = Record<string, string>;

const typedRow = z.object({
  role: input.guestRole,
  name: z.string().trim().max(40),
  phone: z.string().trim().max(30),
  email: z.string().trim().max(254),
  locale: input.locale,
  timeZone: z.union([z.literal(""), input.timeZone]),
});
const typedRows = z.array(typedRow).max(guestsPerVisit);

/** The form's rows of guests, as JSON. @returns `errors`: what is to be put right; only where there are none may the guests be asked. */
export async function readGuests(text: unknown): Promise<{ guests: GivenGuest[]; errors: GuestErrors }> {
  const t = await getTranslations("book.guests.wrong");
  const rows = typedRows.safeParse(parsed(text));
  if (!rows.success) {
    const at = rows.error.issues.map(({ path }) => path.join("."));
    return { guests: [], errors: Object.fromEntries(at.map((path) => [path, t("field")])) };
  }
  const errors: GuestErrors = {};
  const guests = rows.data.map((row, index): GivenGuest => {
    const phone = row.phone ? parsePhone(row.phone) : undefined;
    if (!row.name) errors[`${index}.name`] = t("name");
    if (phone === null) errors[`${index}.phone`] = t("phone");
    if (row.email && !z.email().safeParse(row.email).success) errors[`${index}.email`] = t("email");
    if (!row.phone && !row.email) errors[`${index}.phone`] = t("contact");
    return {
      role: row.role,
      name: row.name,
      phone: phone ?? undefined,
      email: row.email || undefined,
      locale: row.locale,
      timeZone: row.timeZone || undefined,
    };
  });
  return { guests, errors };
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text ?? "[]"));
  } catch {
    return null; // no form of ours sends it
  }
}
