"use server";

import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { readerTimeZone, requestOrigin } from "@/lib/auth/require-staff";
import * as input from "@/lib/http/visit-inputs";
import { clockTime } from "@/lib/kernel/times";
import { isUsState, type UsState } from "@/lib/kernel/us-states";
import { waitingPresets } from "@/lib/kernel/waiting-presets";
import { admitParty } from "@/lib/visits/admit-party";
import { admitWithHost } from "@/lib/visits/admit-with-host";
import type { ArrivalDetails } from "@/lib/visits/arrival";
import { cancelFollowing, cancelVisit } from "@/lib/visits/cancel-visit";
import { readChat } from "@/lib/visits/chat";
import { endVisit } from "@/lib/visits/end-visit";
import { issueJoinLinks } from "@/lib/visits/issue-join-links";
import { markNoShow } from "@/lib/visits/mark-no-show";
import { notifyParties } from "@/lib/visits/notify-parties";
import { readArrival } from "@/lib/visits/read-arrival";
import { readComplaint } from "@/lib/visits/read-complaint";
import { remindClinician } from "@/lib/visits/remind-clinician";
import { resendLink } from "@/lib/visits/resend-link";
import { revokeLink } from "@/lib/visits/revoke-link";
import { revokeReasons } from "@/lib/visits/revoke-reasons";
import { runLate } from "@/lib/visits/run-late";
import { readCallNumber, seeToCall } from "@/lib/visits/see-to-call";
import { sendAgain } from "@/lib/visits/send-again";
import { sendDeviceCheck } from "@/lib/visits/send-device-check";
import { tellWaiting } from "@/lib/visits/tell-waiting";
import { requestLanguage } from "../../../../request-language";
import { change, type Told } from "./change";

const visit = z.object({ visitId: input.personId });
const visitAndParty = visit.extend({ party: input.party });

export async function makeLink(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visitAndParty,
    data,
    ({ visitId, party }, { actor, deps }) => issueJoinLinks(deps, { actor, visitId, roles: [party] }),
    (t, links, { party }) => ({
      kind: "done",
      message: t("link", { party }),
      link: links[party]?.link,
    }),
  );
}

/** Takes one link back for good, with the reason. */
export async function takeBack(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit.extend({ tokenId: z.guid(), reason: z.enum(revokeReasons) }),
    data,
    ({ visitId, tokenId, reason }, { actor, deps }) => revokeLink(deps, { actor, visitId, tokenId, reason }),
    (t) => ({ kind: "done", message: t("takenBack") }),
  );
}

export async function sendLinks(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => notifyParties(deps, { actor, visitId, recipientRole: "both" }),
    (t) => ({ kind: "done", message: t("sent") }),
  );
}

export async function resend(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visitAndParty,
    data,
    ({ visitId, party }, { actor, deps }) => resendLink(deps, { actor, visitId, role: party }),
    (t, _, { party }) => ({
      kind: "done",
      message: t("resent", { party }),
    }),
  );
}

/** A link on which the patient tries their camera and sound; it opens no visit. */
export async function sendCheck(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => sendDeviceCheck(deps, { actor, visitId }),
    (t) => ({ kind: "done", message: t("checkSent") }),
  );
}

/** The same link once more, by the way that this message went. */
export async function sendOnceMore(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit.extend({ messageId: z.guid() }),
    data,
    ({ visitId, messageId }, { actor, deps }) => sendAgain(deps, { actor, visitId, messageId }),
    (t) => ({ kind: "done", message: t("again") }),
  );
}

export async function late(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit.extend({ minutes: z.coerce.number().int().min(0).max(240) }),
    data,
    ({ visitId, minutes }, { actor, deps }) => runLate(deps, { actor, visitId, minutes }),
    (t, { lateMinutes, told }) => ({
      kind: "done",
      message: [
        lateMinutes === null ? t("onTime") : t("late", { minutes: lateMinutes }),
        told ? t("toldPatient") : t("nobodyTold"),
      ].join(" "),
    }),
  );
}

/** Where the clinician is there to see the patient, whatever the page showed when it was pressed. */
export async function admit(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => admitWithHost(deps, { actor, visitId }),
    (t, { admitted }) => ({ kind: "done", message: admitted.length > 0 ? t("admitted") : t("nobodyWaits") }),
  );
}

/** Also into an empty call: they were asked. */
export async function admitAnyway(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => admitParty(deps, { actor, visitId }),
    (t, { admitted }) => ({ kind: "done", message: admitted.length > 0 ? t("admitted") : t("nobodyWaits") }),
  );
}

/** Tells the clinician that the patient is there and they are not. */
export async function remind(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => remindClinician(deps, { actor, visitId }),
    (t, { sent }) => ({ kind: "done", message: t(sent ? "reminded" : "thereAlready") }),
  );
}

/** To the patient who waits: a sentence by its name, or own words. */
export async function tellPatient(_previous: Told, data: FormData): Promise<Told> {
  return change(
    z.union([visit.extend({ preset: z.enum(waitingPresets) }), visit.extend({ text: input.waitingText })]),
    data,
    ({ visitId, ...words }, { actor, deps }) => tellWaiting(deps, { actor, visitId, words }),
    (t) => ({ kind: "done", message: t("toldWaiting") }),
  );
}

export async function cancel(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit.extend({
      reason: z.string().trim().max(500),
      scope: z.enum(["this", "following"]).default("this"),
    }),
    data,
    ({ visitId, reason, scope }, { actor, deps }) =>
      (scope === "following" ? cancelFollowing : cancelVisit)(deps, {
        actor,
        visitId,
        reason: reason || undefined,
      }),
    (t, { following }) => ({
      kind: "done",
      message: following.length > 0 ? t("cancelledAll", { count: following.length + 1 }) : t("cancelled"),
    }),
  );
}

/** For everybody: also those who are still inside. */
export async function end(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    async ({ visitId }, { actor, deps }) => endVisit(deps, { actor, visitId, origin: await requestOrigin() }),
    (t) => ({ kind: "done", message: t("ended") }),
  );
}

export async function noShow(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => markNoShow(deps, { actor, visitId }),
    (t) => ({ kind: "done", message: t("noShow") }),
  );
}

/** Unveils the reason. Recorded before it is shown. */
export async function showReason(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => readComplaint(deps, { actor, visitId }),
    (t, { chiefComplaint }) => ({ kind: "done", message: chiefComplaint ?? t("noReason") }),
  );
}

/** Unveils where the patient is and how to reach them. Recorded before it is shown. */
export async function showPlace(_previous: Told, data: FormData): Promise<Told> {
  const states = await getTranslations("states");
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => readArrival(deps, { actor, visitId }),
    (t, said) => ({ kind: "done", message: said ? t("place", placeOf(said, t, states)) : t("noPlace") }),
  );
}

/** Unveils the number to call. Recorded before it is shown. */
export async function showCallNumber(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => readCallNumber(deps, { actor, visitId }),
    (t, { number }) => ({ kind: "done", message: number ?? t("noNumber") }),
  );
}

export async function callDone(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => seeToCall(deps, { actor, visitId }),
    (t) => ({ kind: "done", message: t("called") }),
  );
}

/** Unveils what was written in the call. Recorded before it is shown. */
export async function showChat(_previous: Told, data: FormData): Promise<Told> {
  const [zone, { tag }, who] = await Promise.all([
    readerTimeZone(),
    requestLanguage(),
    getTranslations("visit.parties"),
  ]);
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => readChat(deps, { actor, visitId }),
    (t, { lines }) => ({
      kind: "done",
      message:
        lines
          .map(({ party, at, text }) => `${who(party)}, ${clockTime(new Date(at), zone, tag)}: ${text}`)
          .join("\n") || t("noChat"),
    }),
  );
}

function placeOf(
  { state, address, callBack, emergencyContact }: ArrivalDetails,
  t: (key: "onFile" | "noContact") => string,
  states: (code: UsState) => string,
) {
  const contact = [emergencyContact?.name, emergencyContact?.phone].filter(Boolean).join(", ");
  return {
    place: [isUsState(state) ? states(state) : state, address].filter(Boolean).join(" · "),
    callBack: callBack ?? t("onFile"),
    contact: contact || t("noContact"),
  };
}
