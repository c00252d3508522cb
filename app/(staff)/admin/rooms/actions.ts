"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { type PersonActor, requirePage } from "@/lib/auth/require-staff";
import { type DoorDeps, doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import type { ProblemCode } from "@/lib/http/refusal-words";
import { roomName, roomRole, ttlMinutes } from "@/lib/http/room-inputs";
import * as input from "@/lib/http/visit-inputs";
import { parsePhone } from "@/lib/kernel/phone";
import { ok, type Result } from "@/lib/kernel/result";
import { admitPerson } from "@/lib/rooms/admit-person";
import {
  closeRoom,
  extendRoom,
  lockRoom,
  removePerson,
  renewLink,
  sendRoomLink,
} from "@/lib/rooms/change-room";
import { makeRoom } from "@/lib/rooms/make-room";
import { locales } from "@/messages/locales";
import type { Saved } from "../outcome";

type Words = Awaited<ReturnType<typeof getTranslations<"rooms">>>;
const refused = (message: string, path = ""): Saved => ({ kind: "refused", errors: [{ path, message }] });

const newRoom = z.object({
  name: roomName,
  ttlMinutes,
  lobby: z.literal("on").optional(),
  when: z.enum(["now", "later"]),
  /** The browser's own wall clock, made a moment by the browser. */
  startsAt: z.union([z.literal(""), input.instant]).default(""),
});

/** Makes a room and shows it. Every action is a public POST: who asks is read from their session. */
export async function makeOne(_previous: Saved, data: FormData): Promise<Saved> {
  const actor = await requirePage("/admin/rooms");
  const t = await getTranslations("rooms");
  const given = newRoom.safeParse(Object.fromEntries(data));
  if (!given.success) return refused(t("refused.other"));
  const { name, lobby, when, startsAt } = given.data;
  if (when === "later" && !startsAt) return refused(t("refused.when"), "startsAt");
  const made = await makeRoom(await doorDeps(), {
    actor,
    name,
    ttlMinutes: given.data.ttlMinutes,
    lobby: lobby === "on",
    ...(when === "later" && startsAt && { startsAt }),
  });
  if (!made.ok) return refused(t("refused.other"));
  redirect(`/admin/rooms/${made.value.roomId}`);
}

/** One act on one room: who asks, what they ask for, what came of it; and the page shows the new state. */
async function act<Form extends { roomId: string }, Value>(
  schema: z.ZodType<Form>,
  data: FormData,
  work: (deps: DoorDeps, actor: PersonActor, form: Form) => Promise<Result<Value, { code: ProblemCode }>>,
  say: (t: Words, value: Value) => string = () => "",
): Promise<Saved> {
  const actor = await requirePage("/admin/rooms");
  const [t, locale, deps] = await Promise.all([getTranslations("rooms"), getLocale(), doorDeps()]);
  const given = schema.safeParse(Object.fromEntries(data));
  if (!given.success) return refused(t("refused.other"));
  const done = await work(deps, actor, given.data);
  revalidatePath(`/admin/rooms/${given.data.roomId}`);
  if (done.ok) return { kind: "saved", message: say(t, done.value) };
  const { code } = done.error;
  if (code === "ROOM_CLOSED" || code === "ROOM_EXPIRED") return refused(t("refused.over"));
  if (code === "ROOM_MESSAGES_ENOUGH") return refused(t("refused.enough"));
  if (code === "LINK_CLOSED") return refused(t("refused.used"));
  return refused(sentenceOf(done.error, locale));
}

const one = z.object({ roomId: input.personId });
const locking = one.extend({ locked: z.enum(["yes", "no"]) });
const seated = one.extend({ seatId: input.seatId });
const ofRole = one.extend({ role: roomRole });
const sending = ofRole.extend({ to: z.string().trim().min(3).max(254), locale: z.enum(locales) });

export async function lock(_previous: Saved, data: FormData): Promise<Saved> {
  return act(locking, data, (deps, actor, { roomId, locked }) =>
    lockRoom(deps, { actor, roomId, locked: locked === "yes" }),
  );
}
export async function extend(_previous: Saved, data: FormData): Promise<Saved> {
  return act(one, data, (deps, actor, { roomId }) => extendRoom(deps, { actor, roomId, minutes: 30 }));
}
export async function close(_previous: Saved, data: FormData): Promise<Saved> {
  return act(one, data, (deps, actor, { roomId }) => closeRoom(deps, { actor, roomId }));
}
export async function remove(_previous: Saved, data: FormData): Promise<Saved> {
  return act(seated, data, (deps, actor, given) => removePerson(deps, { actor, ...given }));
}
export async function admit(_previous: Saved, data: FormData): Promise<Saved> {
  return act(seated, data, (deps, actor, given) => admitPerson(deps, { actor, ...given }));
}
export async function newLink(_previous: Saved, data: FormData): Promise<Saved> {
  return act(ofRole, data, async (deps, actor, given) => {
    const made = await renewLink(deps, { actor, ...given });
    return made.ok ? ok(null) : made; // the page shows it; no answer carries it about
  });
}
export async function send(_previous: Saved, data: FormData): Promise<Saved> {
  const t = await getTranslations("rooms");
  const typed = String(data.get("to") ?? "").trim();
  const phone = parsePhone(typed);
  const mail = z.email().max(254).safeParse(typed);
  const to = phone ? { phone } : mail.success ? { email: mail.data } : null;
  if (!to) {
    await requirePage("/admin/rooms");
    return refused(t("refused.contact"), "to");
  }
  return act(
    sending,
    data,
    (deps, actor, { roomId, role, locale }) => sendRoomLink(deps, { actor, roomId, role, locale, to }),
    (words, sent) => words("sent", { to: sent.to }),
  );
}
