import { breakSockets } from "../faults";
import type { Started } from "../started";
import type { Party } from "./party";

type TwoLinks = Pick<Started, "patientLink" | "clinicianLink">;

/** Each sees and hears the other. */
export async function bothWays(one: Party, other: Party): Promise<void> {
  await Promise.all([one.sees(other), other.sees(one)]);
  await one.hears(other);
  await other.hears(one);
}

/** The clinician joins, and admits the patient who has pressed Join. */
export async function admitWhoWaits(patient: Party, clinician: Party, visit: TwoLinks): Promise<void> {
  await patient.reads(/You are in the waiting room|knows you are here/);
  await clinician.join(visit.clinicianLink);
  await clinician.press("Admit");
}

/** From both links to a call that works both ways. */
export async function intoTheCall(patient: Party, clinician: Party, visit: TwoLinks): Promise<void> {
  await patient.join(visit.patientLink);
  await admitWhoWaits(patient, clinician, visit);
  await bothWays(patient, clinician);
}

/** A whole visit: link, waiting room, call, mute, reload, a line that breaks, leaving and coming back, the end. */
export async function walkVisit(
  patient: Party,
  clinician: Party,
  visit: TwoLinks & Pick<Started, "laptopUrl">,
  step: (title: string, body: () => Promise<void>) => Promise<void>,
): Promise<void> {
  await step("from the link to picture and sound, both ways", () => intoTheCall(patient, clinician, visit));
  await step("a muted patient is silent", async () => {
    await patient.press("Mute");
    await clinician.hearsNothing();
    await patient.press("Unmute");
    await clinician.hears(patient);
  });
  for (const party of [patient, clinician])
    await step("a reload brings the same person back", async () => {
      await party.reload();
      await party.press("Go back to the visit");
      await bothWays(patient, clinician);
    });
  await step("a line that breaks heals by itself", async () => {
    await breakSockets(visit.laptopUrl);
    await bothWays(patient, clinician);
  });
  await step("whoever leaves may come back", async () => {
    await patient.press("Leave");
    await patient.press("Leave"); // the question
    await patient.reads("You left the visit");
    await clinician.reads(/left the visit/);
    await patient.press("Go back to the visit");
    await bothWays(patient, clinician);
  });
  await step("the clinician ends it for both", async () => {
    await clinician.press("End for all");
    await clinician.press("End for all"); // the question
    await clinician.reads("Your visit has ended");
    await patient.reads("Your visit has ended");
  });
}
