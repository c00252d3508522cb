import { expect, type Page } from "playwright/test";
import { coloursSeen, type FakeMedia, toneHeard } from "./fake-media";
import type { Visitor, VisitorOptions } from "./fixtures";
import { type Links, makeVisit, type StaffApi } from "./staff-api";

/** Opens a join link and looks into the camera (which this browser has allowed), as far as a person gets without spending anything. */
export async function openPreview({ page }: Visitor, link: string): Promise<void> {
  await page.goto(link);
  await sayWhere(page);
  await expect(page.getByTestId("self-video")).toBeVisible();
}

/** The patient's step before the preview, in whichever language, where the page asks it. */
export async function sayWhere(page: Page, state = "NY"): Promise<void> {
  const form = page.locator("form", { has: page.locator("select[name=state]") });
  if ((await form.count()) === 0) return;
  await form.locator("select[name=state]").selectOption(state);
  await form.getByRole("checkbox").check();
  await form.locator("button[type=submit]").click();
  await expect(form).toHaveCount(0);
}

/** From the link to the waiting room (patient) or the call (clinician). */
export async function joinVisit(visitor: Visitor, link: string): Promise<void> {
  await openPreview(visitor, link);
  await visitor.page.getByRole("button", { name: "Join visit" }).click();
}

export const waitingRoom = (page: Page) =>
  page.getByRole("heading", { name: /You are in the waiting room|knows you are here/ });

/** The clinician lets in whoever waits. */
export const admit = (page: Page) => page.getByRole("button", { name: "Admit" }).click();

/** Both are in the call and one has seen and heard the other. */
export async function expectSeesAndHears(page: Page, other: FakeMedia): Promise<void> {
  await expect
    .poll(() => coloursSeen(page), { message: "sees the other's colour", timeout: 30_000 })
    .toContain(other.colour);
  await expect
    .poll(async () => Math.abs(((await toneHeard(page)) ?? 0) - other.toneHz), {
      message: `hears the other's tone (${other.toneHz} Hz)`,
      timeout: 30_000,
    })
    .toBeLessThan(25);
}

/** A visit of its own, with patient and clinician in one call that works both ways. */
export async function inCall(
  api: StaffApi,
  newVisitor: (options?: VisitorOptions) => Promise<Visitor>,
  patientAs?: VisitorOptions,
): Promise<{ visit: Links; patient: Visitor; clinician: Visitor }> {
  const visit = await makeVisit(api);
  const patient = await newVisitor(patientAs);
  const clinician = await newVisitor();
  await meet(patient, clinician, visit);
  return { visit, patient, clinician };
}

/** Patient and clinician of a visit that is there already, in one call that works both ways. */
export async function meet(
  patient: Visitor,
  clinician: Visitor,
  links: Pick<Links, "patientLink" | "clinicianLink">,
): Promise<void> {
  await joinVisit(patient, links.patientLink);
  await expect(waitingRoom(patient.page)).toBeVisible();
  await joinVisit(clinician, links.clinicianLink);
  await admit(clinician.page);
  await expectSeesAndHears(patient.page, clinician.media);
  await expectSeesAndHears(clinician.page, patient.media);
}
