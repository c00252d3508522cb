import { expectSeesAndHears, joinVisit, meet, waitingRoom } from "./call";
import { coloursSeen, type FakeMedia, toneHeard } from "./fake-media";
import { expect, test } from "./fixtures";
import { makeVisit, type StaffApi } from "./staff-api";
import { strangerPage } from "./stranger";

const green: FakeMedia = { colour: "green", toneHz: 620 };

type Invited = { guestId: string; link: { link: string; token: string } };
const invite = async (api: StaffApi, visitId: string, role: string, name: string) =>
  (await api.call("POST", `/api/visits/${visitId}/guests`, { role, name })) as Invited;
const partiesOf = async (api: StaffApi, visitId: string) => {
  const state = await api.call("GET", `/api/visits/${visitId}/state`);
  return state.parties as { guestId: string | null; seatId: string | null; state: string }[];
};
async function seatOf(api: StaffApi, visitId: string, guestId: string): Promise<string> {
  const seat = (await partiesOf(api, visitId)).find((one) => one.guestId === guestId)?.seatId;
  if (!seat) throw new Error("the guest has not come");
  return seat;
}

test("a guest's program that ignores our pages hears and sees nothing before admission, nor after removal", async ({
  api,
  browser,
  newVisitor,
  started,
}) => {
  const visit = await makeVisit(api);
  const { visitId } = visit;
  const patient = await newVisitor();
  const clinician = await newVisitor();
  await meet(patient, clinician, visit);

  const guest = await invite(api, visitId, "interpreter", "Maria");
  const key = "e2e-interpreter-0001";
  const start = await fetch(`${started.appUrl}/api/visits/${visitId}/start`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify({ token: guest.link.token }),
  });
  expect(start.status).toBe(200);
  const { chimeJoinInfo, visitSession, seatId } = await start.json();
  const page = await strangerPage(browser, started.appUrl, green);
  const happened = (type: string) =>
    page.evaluate((wanted) => window.stranger.events.some((event) => event.type === wanted), type);
  await page.evaluate((info) => window.stranger.join(info), chimeJoinInfo);
  await expect.poll(() => happened("started")).toBe(true);

  await test.step("it waits: no sound, no picture, no words, in either direction", async () => {
    await page.evaluate(() => window.stranger.say("let me in"));
    // Two people talk and move in front of it all the while.
    await expectSeesAndHears(patient.page, clinician.media);
    await expectSeesAndHears(clinician.page, patient.media);
    expect(await toneHeard(page)).toBeNull();
    expect(await coloursSeen(page)).toEqual([]);
    expect(await happened("tile")).toBe(false);
    expect(await happened("data")).toBe(false);
    expect(await coloursSeen(clinician.page)).not.toContain(green.colour);
  });

  await test.step("it cannot let itself in, nor act for others", async () => {
    const ask = (verb: string, body: object) =>
      fetch(`${started.appUrl}/api/visits/${visitId}/${verb}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...body, sessionToken: visitSession.sessionToken }),
      }).then(({ status }) => status);
    expect(await ask("admit", { seatId })).toBe(403);
    expect(await ask("speak", { seatId, maySpeak: true })).toBe(403);
    const others = (await partiesOf(api, visitId)).map((one) => one.seatId);
    for (const other of others) expect(await ask("remove", { seatId: other })).toBe(403);
  });

  await test.step("admitted, it hears and sees, and is heard", async () => {
    await api.call("POST", `/api/visits/${visitId}/admit`, { seatId });
    await expect.poll(() => toneHeard(page), { timeout: 30_000 }).not.toBeNull();
    await expect.poll(() => coloursSeen(page), { timeout: 30_000 }).toContain(patient.media.colour);
    await expect.poll(() => coloursSeen(clinician.page), { timeout: 30_000 }).toContain(green.colour);
  });

  await test.step("taken out, it is cut off at once and its join info is worth nothing", async () => {
    await api.call("POST", `/api/visits/${visitId}/remove`, { seatId });
    await expect.poll(() => happened("stopped")).toBe(true);
    await expect.poll(() => toneHeard(page)).toBeNull();
    await page.close();
    const again = await strangerPage(browser, started.appUrl, green);
    await again.evaluate((info) => window.stranger.join(info), chimeJoinInfo);
    await expect
      .poll(() => again.evaluate(() => window.stranger.events.map(({ type }) => type)))
      .toContain("stopped");
    expect(await toneHeard(again)).toBeNull();
    expect(await coloursSeen(again)).toEqual([]);
    const restart = await fetch(`${started.appUrl}/api/visits/${visitId}/start`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify({ token: guest.link.token }),
    });
    expect(restart.status).toBe(403);
    await again.context().close();
    await expectSeesAndHears(patient.page, clinician.media);
  });
});

test("a student who was invited on the visit's page waits, listens, and speaks when they are let", async ({
  api,
  newVisitor,
}) => {
  const visit = await makeVisit(api);
  const { visitId } = visit;
  const patient = await newVisitor();
  const clinician = await newVisitor();
  const student = await newVisitor({ phone: true });
  await meet(patient, clinician, visit);
  const invited = await invite(api, visitId, "student", "Tom");
  await student.page.goto(invited.link.link);
  await expect(student.page.getByRole("heading", { level: 1 })).toContainText("you come as student");
  await joinVisit(student, invited.link.link);
  await expect(waitingRoom(student.page)).toBeVisible();
  expect(await toneHeard(student.page)).toBeNull();

  const seatId = await seatOf(api, visitId, invited.guestId);
  await api.call("POST", `/api/visits/${visitId}/admit`, { seatId });
  await expect.poll(() => toneHeard(student.page), { timeout: 30_000 }).not.toBeNull();
  await expect.poll(() => coloursSeen(student.page), { timeout: 30_000 }).toContain(clinician.media.colour);
  expect(await coloursSeen(clinician.page)).not.toContain(student.media.colour);

  await expect(student.page.getByText("You only listen for now")).toBeVisible();

  await clinician.page.getByRole("button", { name: "People" }).click();
  await clinician.page.getByRole("button", { name: "Let speak Tom" }).click();
  await expect(student.page.getByText("You only listen for now")).toBeHidden();
  await expect.poll(() => coloursSeen(clinician.page), { timeout: 30_000 }).toContain(student.media.colour);
});
