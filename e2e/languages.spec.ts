import { admit, expectSeesAndHears, openPreview, sayWhere } from "./call";
import { expect, test } from "./fixtures";
import { makeVisit } from "./staff-api";

/** What a patient reads on the way, in the words of the catalogues. */
const roads = [
  {
    language: "es",
    name: "Español",
    dir: "ltr",
    heading: /Su visita por video con/,
    join: "Entrar a la visita",
    waits: /sabe que usted está aquí|Está en la sala de espera/,
    mute: "Silenciar",
    leave: "Salir",
    left: "Usted salió de la visita",
  },
  {
    language: "ar",
    name: "العربية",
    dir: "rtl",
    heading: /زيارتك بالفيديو مع/,
    join: "انضم إلى الزيارة",
    waits: /أنك هنا|أنت في غرفة الانتظار/,
    mute: "كتم الصوت",
    leave: "مغادرة",
    left: "غادرت الزيارة",
  },
] as const;

for (const road of roads)
  test(`a patient who chooses ${road.name} stays in it from the door to the end`, async ({
    api,
    newVisitor,
    expectAccessible,
  }) => {
    const visit = await makeVisit(api);
    const patient = await newVisitor({ phone: true });
    const clinician = await newVisitor();
    const { page } = patient;
    await page.goto(visit.patientLink);
    await page.getByRole("link", { name: road.name }).click();
    await expect(page.getByRole("heading", { name: road.heading })).toBeVisible();
    await openPreview(patient, visit.patientLink);
    await expect(page.locator("html")).toHaveAttribute("lang", road.language);
    await expect(page.locator("html")).toHaveAttribute("dir", road.dir);
    await expectAccessible(page);

    await page.getByRole("button", { name: road.join }).click();
    await expect(page.getByRole("heading", { name: road.waits })).toBeVisible();
    await expectAccessible(page);

    await openPreview(clinician, visit.clinicianLink);
    await clinician.page.getByRole("button", { name: "Join visit" }).click();
    await admit(clinician.page);
    await expectSeesAndHears(clinician.page, patient.media);
    await expect(page.getByRole("button", { name: road.mute, exact: true })).toBeVisible();
    await expectAccessible(page);

    await page.getByRole("button", { name: road.leave, exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: road.leave, exact: true }).click();
    await expect(page.getByRole("heading", { name: road.left })).toBeVisible();
    await expectAccessible(page);
  });

test("a browser's own language is spoken where nobody knows the reader", async ({ browser, started }) => {
  const context = await browser.newContext({ baseURL: started.appUrl, locale: "es-MX" });
  const page = await context.newPage();
  await page.goto("/j/zzzzzzz9");
  await expect(page.getByRole("heading", { name: "No conocemos este enlace" })).toBeVisible();
  await context.close();
});

test("a press on Join that comes before the page's script is not lost", async ({ api, newVisitor }) => {
  const visit = await makeVisit(api);
  const { page } = await newVisitor({ phone: true });
  let letGo: () => void = () => undefined;
  const late = new Promise<void>((go) => {
    letGo = go;
  });
  await page.route(/_next\/static\/.*\.js/, async (route) => {
    await late;
    await route.continue();
  });
  await page.goto(visit.patientLink, { waitUntil: "commit" });
  await sayWhere(page); // nor does this form
  await expect(page.getByTestId("self-video")).toBeVisible(); // the camera needs nothing of it
  await page.getByRole("button", { name: "Join visit" }).click();
  letGo();
  await expect(
    page.getByRole("heading", { name: /knows you are here|You are in the waiting room/ }),
  ).toBeVisible();
});
