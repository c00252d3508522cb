import { admit, expectSeesAndHears, inCall, joinVisit, openPreview, waitingRoom } from "./call";
import { coloursSeen } from "./fake-media";
import { attendeeOf, breakSocket, setLine } from "./faults";
import { expect, test, type Visitor } from "./fixtures";
import { makeVisit } from "./staff-api";

test("who waits is told that the clinician knows, once it is true; who is removed is told what to do", async ({
  api,
  newVisitor,
}) => {
  const visit = await makeVisit(api);
  const patient = await newVisitor({ phone: true });
  const clinician = await newVisitor();
  await joinVisit(patient, visit.patientLink);
  await expect(patient.page.getByRole("heading", { name: "You are in the waiting room" })).toBeVisible();
  await joinVisit(clinician, visit.clinicianLink);
  await expect(patient.page.getByRole("heading", { name: "knows you are here" })).toBeVisible();
  await expect(clinician.page).toHaveTitle(/^\(1\) /);

  await clinician.page.getByRole("button", { name: "Write to the patient" }).click();
  await clinician.page.getByRole("button", { name: "Sorry for the wait. We know you are here." }).click();
  await expect(patient.page.getByText("Sorry for the wait. We know you are here.")).toBeVisible();
  await patient.page.getByRole("button", { name: "Ask for a call" }).click();
  await patient.page.getByRole("dialog").getByLabel("Your phone number").fill("(555) 010-0177");
  await patient.page.getByRole("dialog").getByRole("button", { name: "Ask for a call" }).click();
  await expect(patient.page.getByText("The clinic sees it now")).toBeVisible();
  await patient.page.getByRole("button", { name: "Done" }).click();
  await expect(patient.page.getByText(/You asked for a call at/)).toBeVisible();
  await expect(clinician.page.getByText("The patient asks for a phone call.")).toBeVisible();

  await clinician.page.getByRole("button", { name: "Remove the patient" }).click();
  await clinician.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(patient.page.getByRole("heading", { name: "You were taken out of the visit" })).toBeVisible();
  await expect(patient.page.getByRole("link", { name: /\(555\)/ })).toBeVisible();
});

test("before admission a camera sends black alone, and a clinician without one sees the patient at once after it", async ({
  api,
  newVisitor,
}) => {
  const visit = await makeVisit(api);
  const patient = await newVisitor({ phone: true });
  const clinician = await newVisitor();
  const lenses = await watchSentCameras(patient);
  await joinVisit(patient, visit.patientLink);
  await expect(waitingRoom(patient.page)).toBeVisible();
  await expect.poll(lenses, { message: "the camera is held, and covered" }).toEqual(["covered"]);

  await openPreview(clinician, visit.clinicianLink);
  await clinician.page.getByRole("button", { name: "Turn camera off" }).click();
  await clinician.page.getByRole("button", { name: "Join visit" }).click();
  await clinician.page.getByRole("button", { name: "Admit" }).waitFor();
  expect(await lenses()).toEqual(["covered"]);
  expect(await coloursSeen(clinician.page)).toEqual([]);
  await admit(clinician.page);
  await expectSeesAndHears(clinician.page, patient.media);
  expect(await lenses()).toEqual(["open"]);
});

test("the chat reaches the other, is said aloud, and makes no link of what isn't safe", async ({
  api,
  newVisitor,
  expectAccessible,
}) => {
  const { patient, clinician } = await inCall(api, newVisitor, { phone: true });

  await clinician.page.keyboard.press("c");
  await clinician.page.keyboard.type("Read https://clinic.example/plan, not http://clinic.example");
  await clinician.page.keyboard.press("Enter");
  await expect(patient.page.getByTestId("chat-voice")).toHaveText(/^Dr\.\sJane wrote: Read https/);
  await patient.page.getByRole("button", { name: "Chat (1 new)" }).click();
  const links = patient.page.getByRole("region", { name: /^Chat with/ }).getByRole("link");
  await expect(links).toHaveCount(1);
  await expect(links).toHaveAttribute("href", "https://clinic.example/plan");
  await expectAccessible(patient.page);
  await expectAccessible(clinician.page);

  await patient.page.keyboard.type("Thank you");
  await patient.page.keyboard.press("Enter");
  await expect(clinician.page.getByText("Thank you").first()).toBeVisible();
  await patient.page.keyboard.press("Escape");
  await expect(patient.page.getByRole("button", { name: "Chat", exact: true })).toBeVisible();

  await test.step("captions that the patient asks for are told to the clinician, who may read along; one press ends them for both", async () => {
    await patient.page.getByRole("button", { name: "More" }).click();
    await patient.page.getByRole("dialog").getByRole("button", { name: "Show captions" }).click();
    await expect(patient.page.getByTestId("captions")).toContainText("[speaking]");
    await expect(clinician.page.getByText("Captions are on.").first()).toBeVisible();
    await expect(clinician.page.getByTestId("captions")).toHaveCount(0); // each reads them or not
    await clinician.page.getByRole("button", { name: "Show captions" }).click();
    await expect(clinician.page.getByTestId("captions")).toContainText("[speaking]");
    await patient.page.getByRole("button", { name: "Turn off for everyone" }).click();
    for (const { page } of [patient, clinician]) await expect(page.getByTestId("captions")).toHaveCount(0);
  });
});

test("the second tab of a link takes over, and the first says so and can take it back", async ({
  api,
  newVisitor,
}) => {
  const { visit, patient, clinician } = await inCall(api, newVisitor);
  const second = await patient.context.newPage();
  await second.goto(visit.patientLink);
  await second.getByRole("button", { name: "Go back to the visit" }).click();
  await expect(patient.page.getByRole("heading", { name: "You joined from another place" })).toBeVisible();
  await expect(second.getByRole("button", { name: "Leave" })).toBeVisible();
  await patient.page.getByRole("button", { name: "Go back to the visit" }).click();
  await expectSeesAndHears(patient.page, clinician.media);
  await expect(second.getByRole("heading", { name: "You joined from another place" })).toBeVisible();
});

test.describe("a network that goes away", () => {
  // The pages' own requests fail meanwhile, and the browser says so on the console.
  test.use({ tolerate: /ERR_INTERNET_DISCONNECTED|Failed to load resource|WebSocket|EventSource/i });

  // A minute of it takes a minute: `OUTAGES=5,20,60 npm test -- e2e room.spec` sits through them all.
  for (const seconds of (process.env.OUTAGES ?? "5").split(",").map(Number))
    test(`for ${seconds} s costs the call nothing but that time, and the stage is never blank`, async ({
      api,
      newVisitor,
      started,
    }) => {
      const { visit, patient, clinician } = await inCall(api, newVisitor, { phone: true });
      const target = await attendeeOf(started.laptopUrl, visit.visitId, "patient");

      await setLine(started.laptopUrl, target, { blackhole: true });
      await patient.context.setOffline(true);
      // As long as the network is away every socket breaks: also one that was opened while the browser was still going offline.
      await expect(async () => {
        await breakSocket(started.laptopUrl, target);
        await expect(patient.page.getByRole("heading", { name: "Getting you back" })).toBeVisible();
      }).toPass({ timeout: 45_000 });
      await patient.page.waitForFunction((until) => Date.now() > until, Date.now() + seconds * 1_000);
      const blank = watchForBlank(patient);
      await patient.context.setOffline(false);
      await setLine(started.laptopUrl, target, {});
      await expectSeesAndHears(patient.page, clinician.media);
      await expectSeesAndHears(clinician.page, patient.media);
      expect(await blank()).toEqual([]);
    });
});

test("leaving the waiting room asks first, and keeps the place of whoever stays", async ({
  api,
  newVisitor,
}) => {
  const visit = await makeVisit(api);
  const patient = await newVisitor({ phone: true });
  const clinician = await newVisitor();
  await joinVisit(patient, visit.patientLink);
  await patient.page.getByRole("button", { name: "Leave the waiting room" }).click();
  await patient.page.keyboard.press("Escape");
  await expect(waitingRoom(patient.page)).toBeVisible();
  await joinVisit(clinician, visit.clinicianLink);
  await admit(clinician.page);
  await expectSeesAndHears(clinician.page, patient.media);
});

/** Looks at the stage until it is asked: each moment at which it showed neither a picture, nor the last one, nor a word. */
function watchForBlank({ page, media }: Visitor): () => Promise<string[]> {
  const blank: string[] = [];
  let over = false;
  const looking = (async () => {
    while (!over) {
      const phase = await page.locator(".room").getAttribute("data-phase");
      const said = await page.locator(".stage__say, .last-picture:not([hidden])").count();
      const seen = (await coloursSeen(page)).filter((colour) => colour !== media.colour);
      if (said === 0 && seen.length === 0) blank.push(`${phase}: nothing on the stage`);
    }
  })();
  return async () => {
    over = true;
    await looking;
    return blank;
  };
}

/** @returns what reads, of each camera that the page's connections send at the moment, whether its track gives pictures or only black frames. */
async function watchSentCameras({ page }: Visitor): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const made: RTCPeerConnection[] = [];
    Object.assign(window, { made });
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    };
  });
  return () =>
    page.evaluate(() =>
      (window as unknown as { made: RTCPeerConnection[] }).made
        .filter(({ connectionState }) => connectionState === "connected")
        .flatMap((connection) => connection.getSenders())
        .flatMap(({ track }) => (track?.kind === "video" ? [track.enabled ? "open" : "covered"] : [])),
    );
}
