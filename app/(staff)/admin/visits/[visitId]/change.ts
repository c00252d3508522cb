import "server-only";
import { revalidatePath } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import type { z } from "zod";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { type ProblemFacts, sentenceOf } from "@/lib/http/problem";
import type { Result } from "@/lib/kernel/result";

const carers = ["clinician", "scheduler", "admin"] as const;

/** What an action says back. `link` is a credential: shown to whoever made it, once. */
export type Told =
  | { kind: "nothing" }
  | { kind: "done"; message: string; link?: string }
  | { kind: "refused"; message: string };

type Words = Awaited<ReturnType<typeof getTranslations<"visit.did">>>;

/** Every mutation of the visit page: who asks, what they ask for, what came of it; and the page shows the new state. */
export async function change<Form extends { visitId: string }, Value>(
  schema: z.ZodType<Form>,
  data: FormData,
  work: (
    given: Form,
    who: { actor: Awaited<ReturnType<typeof requireStaff>>; deps: Awaited<ReturnType<typeof doorDeps>> },
  ) => Promise<Result<Value, ProblemFacts>>,
  say: (t: Words, value: Value, given: Form) => Told,
): Promise<Told> {
  const actor = await requireStaff(carers);
  const given = schema.safeParse(Object.fromEntries(data));
  const [t, locale] = await Promise.all([getTranslations("visit.did"), getLocale()]);
  if (!given.success) return { kind: "refused", message: t("mangled") };
  const done = await work(given.data, { actor, deps: await doorDeps() });
  revalidatePath(`/admin/visits/${given.data.visitId}`);
  revalidatePath("/admin"); // the list offers some of it too
  return done.ok
    ? say(t, done.value, given.data)
    : { kind: "refused", message: sentenceOf(done.error, locale) };
}
