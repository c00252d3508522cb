import { expectSeesAndHears, joinVisit } from "./call";
import { type FakeMedia, toneHeard } from "./fake-media";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";
import { makeVisit } from "./staff-api";
import type { Started } from "./started";
import { strangerPage } from "./stranger";

const theirs: FakeMedia = { colour: "green", toneHz: 620 };

/** The demo's customer signs in and calls, as a program of theirs would. */
async function startCall({ appUrl, accounts }: Started) {
  const { email, password } = accounts.find((one) => one.email.startsWith("customer@")) ?? {};
  const send = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${appUrl}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    expect(response.status, path).toBe(200);
    return response.json();
  };
  const { access_token } = await send("/auth/login", { email, password });
  return send("/api/start-call", {}, { authorization: `Bearer ${access_token}` });
}

test("a signed-in customer calls: the agent's desk rings with their name and 'Verified', both are heard, a reload keeps call and notes, and nothing is left after", async ({
  browser,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const { page: desk, media: ours } = await newVisitor();
  await signIn(desk, started, "agent");
  await desk.getByRole("button", { name: "I’m here" }).click();
  await expect(desk.getByText("The next call rings here.")).toBeVisible();

  const caller = await strangerPage(browser, started.appUrl, theirs);
  const { chimeJoinInfo } = await startCall(started);
  await caller.evaluate((info) => window.stranger.join(info), chimeJoinInfo);
  await expect(desk.getByRole("button", { name: "Accept" })).toBeVisible();
  await expect(desk).toHaveTitle(/^\(1\)/);
  const who = desk.getByRole("region", { name: "Who is calling" });
  await expect(who).toContainText("Verified customer");
  await expect(who).toContainText("John Carter");
  await expect(who).toContainText("Don’t ask security questions");

  const isHeard = (page: typeof desk, { toneHz }: FakeMedia) =>
    expect
      .poll(async () => Math.abs(((await toneHeard(page)) ?? 0) - toneHz), { timeout: 15_000 })
      .toBeLessThan(25);
  await test.step("a key accepts, and each hears the other", async () => {
    await desk.keyboard.press("a");
    await isHeard(desk, theirs);
    await isHeard(caller, ours);
    await expectAccessible(desk);
  });
  await test.step("a reload in mid-call loses neither the call nor what was noted", async () => {
    await desk.getByRole("textbox", { name: "Notes on this call" }).fill("Card shows twice.");
    await expect(desk.getByText(/^Saved/)).toBeVisible();
    await desk.reload();
    await expect(desk.getByRole("textbox", { name: "Notes on this call" })).toHaveValue("Card shows twice.");
    await isHeard(desk, theirs);
  });
  await test.step("a colleague is asked while the caller hears neither, and the call goes on where it was", async () => {
    const { page: colleague, media: colleagues } = await newVisitor();
    await signIn(colleague, started, "admin");
    await colleague.getByRole("link", { name: "Desk" }).click();
    await colleague.getByRole("button", { name: "I’m here" }).click();
    await desk.getByRole("button", { name: "Transfer" }).click();
    const asked = desk.getByRole("listitem").filter({ hasText: "Colleague" }).first();
    await asked.getByRole("button", { name: "Ask first" }).click();
    await expect(colleague.getByText("asks you about a call")).toBeVisible();
    await colleague.keyboard.press("a");
    await isHeard(desk, colleagues);
    await isHeard(colleague, ours);
    for (const { toneHz } of [ours, colleagues])
      expect(Math.abs(((await toneHeard(caller)) ?? 0) - toneHz)).toBeGreaterThan(25);
    await desk.getByRole("button", { name: "Back to the caller" }).click();
    await isHeard(desk, theirs);
    await isHeard(caller, ours);
    await colleague.getByRole("button", { name: "Finish" }).click();
    await colleague.getByLabel("You are").selectOption("Offline");
    await expect(colleague.getByText("No calls ring")).toBeVisible();
  });
  await test.step("the call ends for both, and its work is finished", async () => {
    await desk.getByRole("button", { name: "End" }).click();
    await expect(desk.getByText("The call is over")).toBeVisible();
    await expect
      .poll(() => caller.evaluate(() => window.stranger.events.some(({ type }) => type === "stopped")))
      .toBe(true);
    await desk.getByLabel("Outcome").selectOption("solved");
    await desk.getByRole("button", { name: "Finish" }).click();
    await expect(desk.getByText("The next call rings here.")).toBeVisible();
    await expect(who).toHaveCount(0);
    // Whoever walks after us finds nobody at the desk.
    await desk.getByLabel("You are").selectOption("Offline");
    await expect(desk.getByText("No calls ring")).toBeVisible();
  });
  await caller.context().close();
});

test("a visit by route connect: from the text to the clinician's desk, seen and heard both ways; hanging up there ends the visit for the patient", async ({
  api,
  inbox,
  newVisitor,
  started,
}) => {
  const clinician = await newVisitor();
  const desk = clinician.page;
  await signIn(desk, started, "clinician");
  await desk.getByRole("link", { name: "Desk" }).click();
  await desk.getByRole("button", { name: "I’m here" }).click();
  await expect(desk.getByText("The next call rings here.")).toBeVisible();

  const { visitId, patientLink } = await makeVisit(api, { route: "connect" });
  await api.call("POST", `/api/visits/${visitId}/notify`, { channel: "sms", recipientRole: "patient" });
  await inbox.find("+15550101234", new RegExp(patientLink.split("/").at(-1) ?? "none"));
  const patient = await newVisitor({ phone: true });
  await joinVisit(patient, patientLink);
  await expect(desk.getByRole("region", { name: "Who is calling" })).toContainText("Walter");
  await desk.keyboard.press("a");
  await expectSeesAndHears(desk, patient.media);
  await expectSeesAndHears(patient.page, clinician.media);

  await desk.getByRole("button", { name: "End", exact: true }).click();
  await expect(patient.page.getByRole("heading", { name: "Your visit has ended" })).toBeVisible();
  await desk.getByRole("button", { name: "Finish" }).click();
  await desk.getByLabel("You are").selectOption("Offline");
  await expect(desk.getByText("No calls ring")).toBeVisible();
  expect(await api.call("GET", `/api/visits/${visitId}`)).toMatchObject({ status: "COMPLETED" });
});
