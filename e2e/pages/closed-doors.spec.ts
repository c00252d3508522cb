import path from "node:path";
import postgres from "postgres";
import { startPostgres } from "../../scripts/start/postgres";
import { joinVisit, waitingRoom } from "../call";
import { expect, test } from "../fixtures";
import { makeVisit } from "../staff-api";
import { startedFile } from "../started";

/** Makes a visit's links run out as time would: a test cannot wait for it. */
async function letLinksExpire(visitId: string): Promise<void> {
  const { ownerUrl } = await startPostgres({ folder: path.join(path.dirname(startedFile()), "postgres") });
  const sql = postgres(ownerUrl, { max: 1 });
  await sql`UPDATE vouchers SET expires_at = now() - interval '5 minutes' WHERE visit_id = ${visitId}`;
  await sql.end();
}

test("a link that has run out says so, and a new one goes only to the contact on file", async ({
  api,
  inbox,
  newVisitor,
  expectAccessible,
}) => {
  const visit = await makeVisit(api);
  await letLinksExpire(visit.visitId);
  const { page } = await newVisitor({ phone: true });
  expect((await page.goto(visit.patientLink))?.status()).toBe(410);
  await expect(page.getByRole("heading", { name: "This link has run out" })).toBeVisible();
  await expectAccessible(page);

  const before = await inbox.count("+15550101234");
  await page.getByRole("button", { name: "Send me a new link" }).click();
  await expect(page.getByRole("heading", { name: "A new link is on its way" })).toBeVisible();
  await expectAccessible(page);
  // What the page shows is not enough to join with: the new link is in the patient's own inbox and nowhere else.
  const shown = [...(await page.content()).matchAll(/\/j\/([a-z0-9]{8})\b/g)].map(([, code]) => code);
  expect(shown.filter((code) => !visit.patientLink.endsWith(`/${code}`))).toEqual([]);
  await expect.poll(() => inbox.count("+15550101234")).toBeGreaterThan(before);
  const fresh = await inbox.find("+15550101234", /https?:\/\/\S+\/j\/[a-z0-9]{8}/);
  expect(fresh).not.toBe(visit.patientLink);
  await page.goto(fresh);
  await expect(page.getByRole("heading", { name: "Your video visit with Dr. Jane" })).toBeVisible();
});

test("used, replaced, cancelled, ended and unknown links each have their own page and a next step", async ({
  api,
  newVisitor,
  expectAccessible,
}) => {
  const stranger = await newVisitor({ phone: true });
  const show = async (link: string, status: number, heading: string) => {
    expect((await stranger.page.goto(link))?.status()).toBe(status);
    await expect(stranger.page.getByRole("heading", { name: heading })).toBeVisible();
    await expect(stranger.page.getByRole("link", { name: /call/i }).first()).toBeVisible();
    await expectAccessible(stranger.page);
  };

  const used = await makeVisit(api);
  const patient = await newVisitor();
  await joinVisit(patient, used.patientLink);
  await expect(waitingRoom(patient.page)).toBeVisible();
  await show(used.patientLink, 409, "This link was already used");

  const replaced = await makeVisit(api);
  await api.call("POST", `/api/visits/${replaced.visitId}/links`, { roles: ["patient"] });
  await show(replaced.patientLink, 410, "There is a newer link");

  const cancelled = await makeVisit(api);
  await api.call("POST", `/api/visits/${cancelled.visitId}/cancel`, { reason: "The clinic is closed" });
  await show(cancelled.patientLink, 410, "This visit was cancelled");

  await show("/j/zzzzzzz9", 404, "We don’t know this link");
  await show("/c/zzzzzzz9", 404, "This check is not open");
});

test("no page of a link tells who the patient is, and none asks a stranger for anything", async ({
  api,
  newVisitor,
}) => {
  const visit = await makeVisit(api);
  const { page } = await newVisitor({ phone: true });
  const answer = await page.goto(visit.patientLink);
  const headers = answer?.headers() ?? {};
  expect(headers["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
  expect(headers["content-security-policy"]).not.toMatch(/unsafe-(eval|inline)/);
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
  const everything = `${await page.title()} ${page.url()} ${await page.content()}`;
  expect(everything).not.toMatch(/Walter|Greene|555.?010.?1234|walter@/);
});
