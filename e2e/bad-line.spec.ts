import { expectSeesAndHears, inCall } from "./call";
import { attendeeOf, setLine } from "./faults";
import { expect, test } from "./fixtures";

/**
 * A line gets bad and well again in its own time, so nobody waits for it by default. `BAD_LINE=0.65 npm test -- e2e bad-line` walks it: the
 * share of packets that is lost each way, or several, with commas.
 */
const asked = (process.env.BAD_LINE ?? "").split(",").filter(Boolean).map(Number);

for (const lossRate of asked)
  test(`a line that loses ${lossRate * 100} % keeps the sound, says why the pictures went, and gives them back`, async ({
    api,
    newVisitor,
    started,
    expectAccessible,
  }) => {
    const { visit, patient, clinician } = await inCall(api, newVisitor, { phone: true });
    const target = await attendeeOf(started.laptopUrl, visit.visitId, "patient");

    // What is lost is asked for again: it takes this much before more is missing than sound can bear.
    await setLine(started.laptopUrl, target, { lossRate });
    await expect(patient.page.getByText("Sound only for now.").first()).toBeVisible({ timeout: 45_000 });
    // It is the patient's line; the clinician's own isn't blamed.
    await expect(clinician.page.getByText("has no camera on").first()).toBeVisible();
    await expect(clinician.page.getByText("Sound only for now.")).toHaveCount(0);
    await expectAccessible(patient.page);

    await setLine(started.laptopUrl, target, {});
    await expect(patient.page.getByText("Your connection is better now.")).toBeVisible({ timeout: 60_000 });
    await patient.page.getByRole("button", { name: "Bring pictures back" }).click();
    await expectSeesAndHears(patient.page, clinician.media);
    await expectSeesAndHears(clinician.page, patient.media);
  });
