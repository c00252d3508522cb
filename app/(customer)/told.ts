import "server-only";
import { getTranslations } from "next-intl/server";
import type { Messages } from "@/messages/messages";
import type { Told } from "./own-form";

type Code = keyof Messages["own"]["refusals"];

/** A refusal in the patient's words: what happened, and what to do. One that has none stands for a service that is away. */
export async function refusedTold(refusal: { code: string }): Promise<Told> {
  const t = await getTranslations("own.refusals");
  const wait = "retryAfterSeconds" in refusal ? Number(refusal.retryAfterSeconds) : 60;
  const code: Code = t.has(refusal.code as Code) ? (refusal.code as Code) : "AWAY";
  return { kind: "refused", message: t(code, { minutes: Math.max(1, Math.ceil(wait / 60)) }) };
}
