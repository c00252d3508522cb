"use server";

import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import * as input from "@/lib/http/visit-inputs";
import { openRecording, playReasons } from "@/lib/recordings/play-recording";
import type { Saved } from "../outcome";

export type Opened = Exclude<Saved, { kind: "saved" }> | { kind: "open"; playId: string };

const form = z.object({ recordingId: input.personId, reason: z.enum(playReasons) });

/** Every action is a public POST: who asks is read from their session. The page isn't made anew, so that the player stays. */
export async function openToListen(_previous: Opened, data: FormData): Promise<Opened> {
  const actor = await requirePage("/admin/rooms/[roomId]");
  const [t, locale, deps] = await Promise.all([getTranslations("rooms"), getLocale(), doorDeps()]);
  const refused = (message: string): Opened => ({ kind: "refused", errors: [{ path: "", message }] });
  const given = form.safeParse(Object.fromEntries(data));
  if (!given.success) return refused(t("refused.other"));
  const opened = await openRecording(deps, { actor, ...given.data });
  if (!opened.ok) return refused(sentenceOf(opened.error, locale));
  return { kind: "open", playId: opened.value.playId };
}
