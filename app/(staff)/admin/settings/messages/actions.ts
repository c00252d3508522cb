"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { changeClinic, changeWording } from "@/lib/notifications/change-clinic";
import { messageLocales, messageTemplates, replyTemplates } from "@/lib/notifications/message";
import type { Saved } from "../../outcome";
import { flawWords } from "./flaw-words";

/** What is wrong with none of the fields in particular. */
const refused = (message: string): Saved => ({ kind: "refused", errors: [{ path: "", message }] });

const clinicForm = z.object({
  name: z.string().max(200),
  phone: z.string().max(40),
  quietFrom: z.string().max(5),
  quietTo: z.string().max(5),
  /** A box that is not ticked is not sent. */
  keepChat: z
    .literal("on")
    .optional()
    .transform((ticked) => ticked === "on"),
  /** "": nothing is recorded. Left out where there is no place for recordings. */
  recordingDays: z
    .union([z.literal(""), z.coerce.number().int()])
    .optional()
    .transform((days) => (days === "" ? null : days)),
});

export async function saveClinic(_previous: Saved, data: FormData): Promise<Saved> {
  const [actor, t, wrong] = await Promise.all([
    requireStaff(["admin"]),
    getTranslations("settings.did"),
    getTranslations("settings.wrong"),
  ]);
  const given = clinicForm.safeParse(Object.fromEntries(data));
  if (!given.success) return refused(t("mangled"));
  const { name, phone, quietFrom: from, quietTo: to, keepChat, recordingDays } = given.data;
  const done = await changeClinic(await doorDeps(), {
    actor,
    name,
    phone,
    quiet: { from, to },
    keepChat,
    recordingDays,
  });
  revalidatePath("/admin/settings/messages");
  if (done.ok) return { kind: "saved", message: t("clinicSaved") };
  return done.error.code === "FORBIDDEN"
    ? refused(t("notYours"))
    : {
        kind: "refused",
        errors: done.error.fields.map((field) => ({ path: field, message: wrong(field) })),
      };
}

const wordingForm = z.object({
  template: z.enum([...messageTemplates, ...replyTemplates]),
  locale: z.enum(messageLocales),
  part: z.enum(["sms", "subject", "opening"]),
  words: z.string().max(2_000),
  after: z.enum(["save", "reset"]),
});

export async function saveWording(_previous: Saved, data: FormData): Promise<Saved> {
  const [actor, t, all] = await Promise.all([
    requireStaff(["admin"]),
    getTranslations("settings.did"),
    getTranslations("settings"),
  ]);
  const given = wordingForm.safeParse(Object.fromEntries(data));
  if (!given.success) return refused(t("mangled"));
  const { words, after, ...place } = given.data;
  const done = await changeWording(await doorDeps(), {
    actor,
    ...place,
    words: after === "reset" ? null : words,
  });
  revalidatePath("/admin/settings/messages");
  if (done.ok)
    return {
      kind: "saved",
      message: after === "reset" ? t("reset") : t("saved"),
    };
  if (done.error.code === "FORBIDDEN") return refused(t("notYours"));
  return {
    kind: "refused",
    errors: done.error.flaws.map((flaw) => ({ path: "words", message: flawWords(all, flaw) })),
  };
}
