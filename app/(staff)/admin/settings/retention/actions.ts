"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { pages } from "@/lib/auth/access";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { changeRetention } from "@/lib/retention/change-retention";
import {
  floors,
  type RetentionKind,
  type RetentionRules,
  retentionKinds,
  type WouldGo,
} from "@/lib/retention/retention";

export type Kept =
  | { kind: "nothing" }
  | { kind: "saved"; message: string }
  /** Nothing was saved yet: this would go. */
  | { kind: "asks"; wouldGo: WouldGo }
  | { kind: "refused"; wrong: Partial<Record<RetentionKind | "form", string>> };

/** `""` in a field: as long as the visit itself. */
export async function saveRetention(_previous: Kept, data: FormData): Promise<Kept> {
  const actor = await requireStaff(pages["/admin/settings/retention"]);
  const t = await getTranslations("rules.retention");
  const daysOf = (kind: RetentionKind) => {
    const typed = String(data.get(kind) ?? "");
    return typed === "" ? null : Number(typed);
  };
  const rules = Object.fromEntries(retentionKinds.map((kind) => [kind, daysOf(kind)])) as RetentionRules;
  const done = await changeRetention(await doorDeps(), { actor, rules, confirmed: data.has("confirmed") });
  if (done.ok) {
    revalidatePath("/admin/settings/retention");
    return { kind: "saved", message: t("saved") };
  }
  switch (done.error.code) {
    case "RETENTION_UNCONFIRMED":
      return { kind: "asks", wouldGo: done.error.wouldGo };
    case "INPUT_INVALID":
      return {
        kind: "refused",
        wrong: Object.fromEntries(
          done.error.fields.map((kind) => [kind, t("wrong", { days: floors[kind] })]),
        ),
      };
    case "FORBIDDEN":
      return { kind: "refused", wrong: { form: t("notYours") } };
  }
}
