"use server";

import { getTranslations } from "next-intl/server";
import { z } from "zod";
import * as input from "@/lib/http/visit-inputs";
import { declineRequest, readRequestWords } from "@/lib/visits/settle-time-request";
import { change, type Told } from "./change";

const visit = z.object({ visitId: input.personId });

/** Recorded before it is shown. */
export async function showRequestWords(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => readRequestWords(deps, { actor, visitId }),
    (_, { words }) => ({ kind: "done", message: words ?? "" }),
  );
}

export async function decline(_previous: Told, data: FormData): Promise<Told> {
  const t = await getTranslations("asked");
  return change(
    visit.extend({ answer: z.string().trim().min(1).max(300) }),
    data,
    ({ visitId, answer }, { actor, deps }) => declineRequest(deps, { actor, visitId, answer }),
    () => ({ kind: "done", message: t("declined") }),
  );
}
