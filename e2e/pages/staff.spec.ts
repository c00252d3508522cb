import { choose } from "../choose";
import { expect, test } from "../fixtures";
import { signIn } from "../sign-in";
import type { StaffApi } from "../staff-api";

const dayMs = 86_400_000;
/** A day far away that no other test books. */
const day = new Date(Date.now() + 40 * dayMs).toISOString().slice(0, 10);
/** One on which Dr. Jane sees nobody. */
const saturday = new Date(Date.now() + (6 - new Date().getUTCDay() + 70) * dayMs).toISOString().slice(0, 10);

test("a scheduler books a visit, the patient is told, and the visit can be called off", async ({
  inbox,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const { page } = await newVisitor();
  await page.goto("/sign-in");
  await expectAccessible(page);
  await signIn(page, started, "scheduler");
  await expectAccessible(page);

  await page.getByRole("link", { name: "Book a visit" }).first().click();
  const form = page.getByRole("form", { name: "New visit" });
  const patient = form.getByRole("combobox", { name: /^Patient/ });
  await patient.fill("Nobody Athome");
  const offered = form.getByRole("listbox", { name: "Patients on file" }).getByRole("option");
  await expect(offered).toHaveText(["New patient: Nobody Athome"]);
  await expectAccessible(page);
  // By the keyboard alone: what is typed is found, Enter takes it.
  await patient.fill("eleanor v");
  await expect(form.getByRole("option", { name: /^Vance, Eleanor · NV/ })).toBeVisible();
  await patient.press("Enter");
  await expect(patient).toHaveValue("Vance, Eleanor · NV");
  await choose(form, /^Clinician/, "jane", /^Dr. Jane Okafor.*no NV license/);
  await form.getByLabel("Day").fill(day);
  await form.getByLabel("Start", { exact: true }).fill("10:00");
  await form.getByLabel("Reason").fill("Headache for 3 days");
  await form.getByRole("button", { name: "Book and send links" }).click();
  // Dr. Jane holds no Nevada licence: said at the field, and nothing typed is lost.
  await expect(form.getByText(/^No .* license on /)).toBeVisible();
  await expect(form.getByLabel("Reason")).toHaveValue("Headache for 3 days");
  await expectAccessible(page);

  const before = await inbox.count("+15550101234");
  await choose(form, /^Patient/, "greene", /^Greene, Walter/);
  await form.getByRole("button", { name: "Book and send links" }).click();
  await expect(page.getByText(/^Booked\. The links (are on their way|were sent)\.$/)).toBeVisible();
  await expect.poll(() => inbox.count("+15550101234")).toBeGreaterThan(before);
  await expectAccessible(page);
  // The reason is not in the page until somebody asks, and asking is recorded.
  expect(await page.content()).not.toContain("Headache");
  await page.getByRole("button", { name: "Show the reason" }).click();
  await expect(page.getByText("Headache for 3 days")).toBeVisible();

  await page.getByText("Cancel visit").first().click();
  await page.getByRole("button", { name: /cancel (the|this) visit/i }).click();
  await expect(page.getByText(/cancelled/i).first()).toBeVisible();
});

test("what a page asks while somebody goes on to the next is answered all the same", async ({
  newVisitor,
  started,
}) => {
  const { page } = await newVisitor();
  await signIn(page, started, "scheduler");
  // As it arrives then: at a page that does not hold what is asked, which the server passes on to itself.
  await page.route("**/*", (route) =>
    route.request().headers()["next-action"]
      ? route.continue({ url: `${started.appUrl}/admin/patients` })
      : route.fallback(),
  );
  await page.goto("/admin/visits/new");
  await page.getByRole("combobox", { name: /^Patient/ }).fill("greene");
  await expect(page.getByRole("option", { name: /^Greene, Walter/ })).toBeVisible();
});

test("the same slot cannot be booked twice: the form says who is in the way", async ({
  newVisitor,
  started,
}) => {
  const { page } = await newVisitor();
  await signIn(page, started, "scheduler");
  for (const attempt of [1, 2]) {
    await page.goto("/admin/visits/new");
    const form = page.getByRole("form", { name: "New visit" });
    await choose(form, /^Patient/, "greene", /^Greene, Walter/);
    await choose(form, /^Clinician/, "jane", /^Dr. Jane Okafor/);
    await form.getByLabel("Day").fill(day);
    await form.getByLabel("Start", { exact: true }).fill(attempt === 1 ? "15:00" : "15:15");
    // Said before anything is pressed.
    await expect(
      form.getByText(attempt === 1 ? /The time is free|Worth a thought/ : /Taken: Dr. Jane Okafor sees/),
    ).toBeVisible();
    await form.getByRole("button", { name: "Book only" }).click();
    if (attempt === 1) await expect(page.getByText("Booked. No link has been sent yet.")).toBeVisible();
    else await expect(form.getByText(/another visit/i)).toBeVisible();
  }
});

test.describe("a booking form whose server is away for a moment", () => {
  test.use({ tolerate: /ERR_FAILED|Failed to load resource/ });

  test("offers to look again and nobody new; then a free time is taken by a press", async ({
    newVisitor,
    started,
  }) => {
    const { page } = await newVisitor();
    await signIn(page, started, "scheduler");
    await page.goto("/admin/visits/new");
    const form = page.getByRole("form", { name: "New visit" });
    const asked = (address: URL) => address.pathname === "/admin/visits/new";
    await page.route(asked, (route) => route.abort());
    // What the page asks by itself is lost too, and is no fault of the page.
    const lost = page.waitForEvent("requestfailed");
    await form.getByLabel("Day").fill(day);
    await lost;
    await form.getByRole("combobox", { name: /^Patient/ }).fill("raman");
    const offered = form.getByRole("listbox", { name: "Patients on file" }).getByRole("option");
    await expect(offered).toHaveText(["Try again"]);
    await page.unroute(asked);
    await offered.click();
    await form.getByRole("option", { name: /^Raman, Priya/ }).click();

    await choose(form, /^Clinician/, "jane", /^Dr. Jane Okafor/);
    const free = form.getByRole("group", { name: /^Free that day/ });
    await form.getByLabel("Day").fill(saturday);
    await free.getByRole("button", { name: /^Go to Mon/ }).click();
    await free.getByRole("button", { name: "11:30 AM" }).click();
    await expect(form.getByLabel("Start", { exact: true })).toHaveValue("11:30");
    await expect(form.getByText("The time is free, and nothing on file speaks against it.")).toBeVisible();
  });
});

test("an admin reads what happened to a visit; whoever is not signed in is asked to, and a customer sees no staff page", async ({
  api,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const visitId = await bookWithLink(api, `${day}T23:00:00Z`);

  const admin = await newVisitor();
  await signIn(admin.page, started, "admin");
  await admin.page.goto(`/admin/visits/${visitId}`);
  await expect(admin.page.getByRole("heading", { name: "What happened" })).toBeVisible();
  await expect(admin.page.getByText(/link for the patient made/i)).toBeVisible();
  await expectAccessible(admin.page);
  await admin.page.getByRole("button", { name: "Sign out" }).first().click();
  await expect(admin.page).toHaveURL(/sign-in|\/$/);
  await admin.page.goto(`/admin/visits/${visitId}`);
  await expect(admin.page).toHaveURL(/sign-in/);
});

test("staff who read Spanish find the list, a visit, the booking form and the settings in it", async ({
  api,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const visitId = await bookWithLink(api, `${day}T21:00:00Z`);
  const { page, context } = await newVisitor({ phone: true });
  await signIn(page, started, "admin");
  await context.addCookies([{ name: "vs_language", value: "es", url: started.appUrl }]);

  await page.goto("/admin");
  await expect(page.getByRole("heading", { name: "Visitas", level: 1 })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await expectAccessible(page);

  await page.goto(`/admin/visits/${visitId}`);
  for (const name of ["Enlaces", "Mensajes", "Invitados", "Lo que pasó"])
    await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
  await expect(page.getByText("Enlace para el paciente creado").first()).toBeVisible();
  await page.getByText("Invitar a alguien…").click();
  await page.getByLabel("Nombre", { exact: true }).fill("Rosa");
  await page.getByLabel("Teléfono móvil").fill("12");
  await page.getByRole("button", { name: "Invitar", exact: true }).click();
  await expect(page.getByText("Ese número de teléfono no está completo. Revíselo.")).toBeVisible();
  await expectAccessible(page);

  await page.goto("/admin/visits/new");
  await expect(page.getByRole("form", { name: "Visita nueva" })).toBeVisible();
  await expectAccessible(page);

  await page.goto("/admin/settings/messages");
  await expect(page.getByRole("heading", { name: "Clínica y textos", level: 1 })).toBeVisible();
  await expect(page.getByText("Según el reloj de cada paciente.")).toBeVisible();
  await expectAccessible(page);
});

/** A visit at this time, with a patient's link made. @returns its id. */
async function bookWithLink(api: StaffApi, scheduledAt: string): Promise<unknown> {
  const { visitId } = await api.call("POST", "/api/visits", {
    patientId: "aaaaaaaa-0000-4000-8000-000000000001",
    clinicianId: "bbbbbbbb-0000-4000-8000-000000000001",
    scheduledAt,
    channel: "both",
  });
  await api.call("POST", `/api/visits/${visitId}/links`, { roles: ["patient"] });
  return visitId;
}
