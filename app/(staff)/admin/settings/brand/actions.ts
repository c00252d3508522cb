"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { pages } from "@/lib/auth/access";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { pngLimits } from "@/lib/kernel/png";
import { type BrandFlaw, changeBrand } from "@/lib/notifications/change-brand";
import type { Saved } from "../../outcome";

/** A box that is not ticked is not sent; a file that was not chosen is an empty one. */
export async function saveBrand(_previous: Saved, data: FormData): Promise<Saved> {
  const actor = await requireStaff(pages["/admin/settings/brand"]);
  const t = await getTranslations("rules.brand");
  const accent = data.get("accent");
  const file = data.get("logo");
  if (typeof accent !== "string" || accent.length > 40 || typeof file === "string")
    return { kind: "refused", errors: [{ path: "", message: t("mangled") }] };
  if (file && file.size > pngLimits.bytes)
    return { kind: "refused", errors: [{ path: "logo", message: t("TOO_LARGE") }] };
  const given = file && file.size > 0 ? Buffer.from(await file.arrayBuffer()) : "keep";
  const logo = data.has("none") ? "none" : given;
  const done = await changeBrand(await doorDeps(), { actor, accent, logo });
  revalidatePath("/", "layout");
  if (done.ok) return { kind: "saved", message: t("saved") };
  if (done.error.code === "FORBIDDEN")
    return { kind: "refused", errors: [{ path: "", message: t("notYours") }] };
  const say = (flaw: BrandFlaw) =>
    flaw.code === "TOO_LIGHT" ? t("tooLight", { instead: flaw.instead }) : t(flaw.code);
  return {
    kind: "refused",
    errors: done.error.flaws.map((flaw) => ({ path: flaw.field, message: say(flaw) })),
  };
}
