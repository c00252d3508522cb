"use server";

import { z } from "zod";
import * as input from "@/lib/http/visit-inputs";
import { admitParty } from "@/lib/visits/admit-party";
import { cancelVisit } from "@/lib/visits/cancel-visit";
import { issueJoinLinks } from "@/lib/visits/issue-join-links";
import { markNoShow } from "@/lib/visits/mark-no-show";
import { notifyParties } from "@/lib/visits/notify-parties";
import { readComplaint } from "@/lib/visits/read-complaint";
import { resendLink } from "@/lib/visits/resend-link";
import { runLate } from "@/lib/visits/run-late";
import { sendAgain } from "@/lib/visits/send-again";
import { change, type Told } from "./change";

const visit = z.object({ visitId: input.personId });
const visitAndParty = visit.extend({ party: input.party });

const whose = (party: "patient" | "clinician") => (party === "patient" ? "patient’s" : "clinician’s");

export async function makeLink(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visitAndParty,
    data,
    ({ visitId, party }, { actor, deps }) => issueJoinLinks(deps, { actor, visitId, roles: [party] }),
    (links, { party }) => ({
      kind: "done",
      message: `A new link, for the ${whose(party)} eyes only. The older unused one no longer works.`,
      link: links[party]?.link,
    }),
  );
}

export async function sendLinks(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => notifyParties(deps, { actor, visitId, recipientRole: "both" }),
    () => ({ kind: "done", message: "Links are on their way to the contacts on file." }),
  );
}

export async function resend(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visitAndParty,
    data,
    ({ visitId, party }, { actor, deps }) => resendLink(deps, { actor, visitId, role: party }),
    (_, { party }) => ({
      kind: "done",
      message: `A new link is on its way to the ${whose(party)} contact on file.`,
    }),
  );
}

/** The same link once more, by the way that this message went. */
export async function sendOnceMore(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit.extend({ messageId: z.guid() }),
    data,
    ({ visitId, messageId }, { actor, deps }) => sendAgain(deps, { actor, visitId, messageId }),
    () => ({ kind: "done", message: "On its way." }),
  );
}

export async function late(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit.extend({ minutes: z.coerce.number().int().min(0).max(240) }),
    data,
    ({ visitId, minutes }, { actor, deps }) => runLate(deps, { actor, visitId, minutes }),
    ({ lateMinutes, told }) => ({
      kind: "done",
      message: `${lateMinutes === null ? "Back on time." : `Noted: ${lateMinutes} min late.`} ${
        told ? "The patient is told." : "There was nobody to tell."
      }`,
    }),
  );
}

export async function admit(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => admitParty(deps, { actor, visitId }),
    ({ admitted }) => ({ kind: "done", message: admitted.length > 0 ? "Let in." : "Nobody waits any more." }),
  );
}

export async function cancel(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit.extend({ reason: z.string().trim().max(500) }),
    data,
    ({ visitId, reason }, { actor, deps }) =>
      cancelVisit(deps, { actor, visitId, reason: reason || undefined }),
    () => ({ kind: "done", message: "The visit is cancelled. Whoever was told of it is told of this." }),
  );
}

export async function noShow(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => markNoShow(deps, { actor, visitId }),
    () => ({ kind: "done", message: "Noted: the patient did not come." }),
  );
}

/** Unveils the reason. Recorded before it is shown. */
export async function showReason(_previous: Told, data: FormData): Promise<Told> {
  return change(
    visit,
    data,
    ({ visitId }, { actor, deps }) => readComplaint(deps, { actor, visitId }),
    ({ chiefComplaint }) => ({ kind: "done", message: chiefComplaint ?? "None was given." }),
  );
}
