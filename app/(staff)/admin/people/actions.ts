"use server";

import { revalidatePath } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireStaff } from "@/lib/auth/require-staff";
import * as input from "@/lib/http/account-inputs";
import { doorDeps } from "@/lib/http/deps";
import { type ProblemFacts, sentenceOf } from "@/lib/http/problem";
import { staffRoles } from "@/lib/kernel/actor";
import type { Result } from "@/lib/kernel/result";
import { isTimeZone } from "@/lib/kernel/wall-time";
import { changeRole, restoreColleague, suspendColleague } from "@/lib/staff/change-standing";
import {
  inviteColleague,
  inviteKnownColleague,
  sendInvitationAgain,
  withdrawInvitation,
} from "@/lib/staff/invite";
import type { Told } from "../visits/[visitId]/change";

type Words = Awaited<ReturnType<typeof getTranslations<"people.did">>>;
type Who = {
  actor: Awaited<ReturnType<typeof requireStaff>>;
  deps: Awaited<ReturnType<typeof doorDeps>>;
  locale: string;
};

/** Every mutation of these pages: who asks (an action is a public POST), what they ask for, what came of it; and the pages show the new state. */
async function change<Form>(
  schema: z.ZodType<Form>,
  data: FormData,
  work: (given: Form, who: Who) => Promise<Result<unknown, ProblemFacts>>,
  say: (t: Words, given: Form) => string,
): Promise<Told> {
  const actor = await requireStaff(["admin"]);
  const [t, locale] = await Promise.all([getTranslations("people.did"), getLocale()]);
  const given = schema.safeParse(Object.fromEntries(data));
  if (!given.success) return { kind: "refused", message: t("mangled") };
  const done = await work(given.data, { actor, deps: await doorDeps(), locale });
  revalidatePath("/admin/people", "layout");
  return done.ok
    ? { kind: "done", message: say(t, given.data) }
    : { kind: "refused", message: sentenceOf(done.error, locale) };
}

const named = input.name.pipe(z.string().min(1));
const newColleague = z.object({
  email: input.email,
  role: z.enum(staffRoles),
  title: input.name.transform((title) => title || null),
  firstName: named,
  lastName: named,
  timeZone: z.string().refine(isTimeZone),
});

export async function invite(_previous: Told, data: FormData): Promise<Told> {
  return change(
    newColleague,
    data,
    (given, { actor, deps, locale }) => inviteColleague(deps, { actor, locale, ...given }),
    (t, { email }) => t("invited", { email }),
  );
}

const oneColleague = z.object({ staffId: z.guid() });

/** Somebody whom the book knows and who never had an account: all that the mail says of them stands there. */
export async function inviteKnown(_previous: Told, data: FormData): Promise<Told> {
  return change(
    oneColleague,
    data,
    ({ staffId }, { actor, deps, locale }) => inviteKnownColleague(deps, { actor, locale, staffId }),
    (t) => t("sent"),
  );
}

const oneInvitation = z.object({ invitationId: z.guid() });

export async function sendAgain(_previous: Told, data: FormData): Promise<Told> {
  return change(
    oneInvitation,
    data,
    ({ invitationId }, { actor, deps, locale }) => sendInvitationAgain(deps, { actor, invitationId, locale }),
    (t) => t("again"),
  );
}

export async function withdraw(_previous: Told, data: FormData): Promise<Told> {
  return change(
    oneInvitation,
    data,
    ({ invitationId }, { actor, deps }) => withdrawInvitation(deps, { actor, invitationId }),
    (t) => t("withdrawn"),
  );
}

export async function suspend(_previous: Told, data: FormData): Promise<Told> {
  return change(
    oneColleague,
    data,
    ({ staffId }, { actor, deps }) => suspendColleague(deps, { actor, staffId }),
    (t) => t("suspended"),
  );
}

export async function restore(_previous: Told, data: FormData): Promise<Told> {
  return change(
    oneColleague,
    data,
    ({ staffId }, { actor, deps }) => restoreColleague(deps, { actor, staffId }),
    (t) => t("restored"),
  );
}

export async function setRole(_previous: Told, data: FormData): Promise<Told> {
  return change(
    oneColleague.extend({ role: z.enum(staffRoles) }),
    data,
    ({ staffId, role }, { actor, deps }) => changeRole(deps, { actor, staffId, role }),
    (t) => t("role"),
  );
}
