"use server";

import { getTranslations } from "next-intl/server";
import { z } from "zod";
import * as input from "@/lib/http/visit-inputs";
import { parsePhone } from "@/lib/kernel/phone";
import { admitParty } from "@/lib/visits/admit-party";
import { letSpeak } from "@/lib/visits/change-rights";
import { inviteGuest } from "@/lib/visits/invite-guest";
import { removeParty } from "@/lib/visits/remove-party";
import { resendLink } from "@/lib/visits/resend-link";
import { uninviteGuest } from "@/lib/visits/uninvite-guest";
import { change, type Told } from "./change";

const visit = z.object({ visitId: input.personId });
const seat = visit.extend({ seatId: input.seatId });
const guest = visit.extend({ guestId: input.personId });
const invitation = visit.extend({
  role: input.guestRole,
  name: input.guestName,
  phone: z.string().trim().max(30),
  email: z.union([z.literal(""), z.email().max(254)]),
});

export async function invite(_previous: Told, data: FormData): Promise<Told> {
  const typed = String(data.get("phone") ?? "").trim();
  const phone = typed ? parsePhone(typed) : undefined;
  if (phone === null) {
    const t = await getTranslations("visit.did");
    return { kind: "refused", message: t("phone") };
  }
  return change(
    invitation,
    data,
    ({ visitId, role, name, email }, { actor, deps }) =>
      inviteGuest(deps, { actor, visitId, role, name, phone, email: email || undefined }),
    (t, { sent, link }, { name }) =>
      sent.sms || sent.email
        ? { kind: "done", message: t("invited", { name }) }
        : { kind: "done", message: t("handOver", { name }), link: link.link },
  );
}

export async function uninvite(_previous: Told, data: FormData): Promise<Told> {
  return change(
    guest,
    data,
    (given, { actor, deps }) => uninviteGuest(deps, { actor, ...given }),
    (t) => ({ kind: "done", message: t("uninvited") }),
  );
}

export async function guestLink(_previous: Told, data: FormData): Promise<Told> {
  return change(
    guest,
    data,
    (given, { actor, deps }) => resendLink(deps, { actor, ...given }),
    (t) => ({ kind: "done", message: t("guestLink") }),
  );
}

export async function admitSeat(_previous: Told, data: FormData): Promise<Told> {
  return change(
    seat,
    data,
    (given, { actor, deps }) => admitParty(deps, { actor, ...given }),
    (t) => ({ kind: "done", message: t("admitted") }),
  );
}

export async function removeSeat(_previous: Told, data: FormData): Promise<Told> {
  return change(
    seat,
    data,
    (given, { actor, deps }) => removeParty(deps, { actor, ...given }),
    (t) => ({ kind: "done", message: t("removed") }),
  );
}

export async function speak(_previous: Told, data: FormData): Promise<Told> {
  return change(
    seat.extend({ maySpeak: z.enum(["yes", "no"]) }),
    data,
    ({ maySpeak, ...given }, { actor, deps }) =>
      letSpeak(deps, { actor, ...given, maySpeak: maySpeak === "yes" }),
    (t, { maySpeak }) => ({ kind: "done", message: maySpeak ? t("speaks") : t("listens") }),
  );
}
