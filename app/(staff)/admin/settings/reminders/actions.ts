"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { pages } from "@/lib/auth/access";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { changeReminders } from "@/lib/notifications/change-reminders";
import type { Saved } from "../../outcome";

/** A box that is not ticked is not sent. */
export async function saveReminders(_previous: Saved, data: FormData): Promise<Saved> {
  const actor = await requireStaff(pages["/admin/settings/reminders"]);
  const t = await getTranslations("rules.reminders");
  const text = (name: string) => String(data.get(name) ?? "");
  const done = await changeReminders(await doorDeps(), {
    actor,
    rules: {
      day: { on: data.has("day"), at: text("when") === "own" ? null : text("at") },
      hours: { on: data.has("hours"), before: Number(text("before")) },
    },
  });
  revalidatePath("/admin/settings/reminders");
  if (done.ok) return { kind: "saved", message: t("saved") };
  if (done.error.code === "FORBIDDEN")
    return { kind: "refused", errors: [{ path: "", message: t("notYours") }] };
  return {
    kind: "refused",
    errors: done.error.fields.map((field) => ({ path: field, message: t(`wrong.${field}`) })),
  };
}
