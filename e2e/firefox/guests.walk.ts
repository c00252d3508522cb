import { makeVisit } from "../staff-api";
import { test } from "./fixtures";
import { intoTheCall } from "./walk";

for (const role of ["interpreter", "caregiver"] as const)
  test(`a ${role} in Firefox is let in to a patient in Firefox and a clinician in Chromium, and leaves`, async ({
    api,
    newParty,
  }) => {
    const visit = await makeVisit(api);
    const patient = await newParty("Firefox", { phone: true });
    const clinician = await newParty("Chromium");
    const guest = await newParty("Firefox", { phone: true });
    await intoTheCall(patient, clinician, visit);

    const answer = await api.call("POST", `/api/visits/${visit.visitId}/guests`, { role, name: "Maria" });
    const invited = answer as { guestId: string; link: { link: string } };
    await guest.join(invited.link.link);
    await guest.reads(/You are in the waiting room|knows you are here/);
    const state = await api.call("GET", `/api/visits/${visit.visitId}/state`);
    const parties = state.parties as { guestId: string | null; seatId: string | null }[];
    const seat = parties.find(({ guestId }) => guestId === invited.guestId);
    await api.call("POST", `/api/visits/${visit.visitId}/admit`, { seatId: seat?.seatId });
    await Promise.all([patient, clinician].flatMap((one) => [guest.sees(one), one.sees(guest)]));
    await guest.hears(patient);
    await patient.hears(guest);

    await guest.press("Leave");
    await guest.press("Leave"); // the question
    await guest.reads("You left the visit");
    await Promise.all([patient.sees(clinician), clinician.sees(patient)]);
  });
