import { request } from "node:http";
import { lanAddresses } from "../scripts/start/lan/address";
import { withSystem } from "../scripts/test/system";
import { meet } from "./call";
import { test as base, expect } from "./fixtures";
import { readStarted } from "./started";

/** A machine without a network still has itself: the door, its certificate and its signaling are the same. */
const address = lanAddresses()[0] ?? "127.0.0.1";

const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  started: async ({}, use) => withSystem(async (file) => use(readStarted(file)), [`--lan=${address}`]),
});
test.use({ ignoreHTTPSErrors: true }); // as the person who goes on past the warning

const status = (url: URL) =>
  new Promise<number>((done) => {
    request({ host: url.hostname, port: url.port, path: url.pathname }, (answer) =>
      done(answer.statusCode ?? 0),
    )
      .on("error", () => done(0))
      .end();
  });

test("a phone on the network sees and hears the clinician; the laptop cloud's own doors stay shut to the network", async ({
  started,
  newVisitor,
  page,
}) => {
  expect(started.patientLink).toContain(`https://${address}:`);
  const patient = await newVisitor({ phone: true });
  const clinician = await newVisitor();
  await meet(patient, clinician, started);

  // The camera had its yes because the page is secure, and the media came from the network's own address.
  expect(await patient.page.evaluate(() => isSecureContext)).toBe(true);

  // Staff sign in through the same door.
  const account = started.accounts.find(({ groups }) => groups.includes("scheduler"));
  await page.goto(`${started.appUrl}/sign-in`);
  await page.getByLabel("Email").fill(account?.email ?? "");
  await page.getByLabel("Password", { exact: true }).fill(account?.password ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Today’s visits", level: 1 })).toBeVisible();

  // What signs, texts and lists meetings asks nobody who they are, so the network must not reach it.
  const cloud = new URL(started.laptopUrl);
  if (!address.startsWith("127."))
    expect(await status(new URL(`http://${address}:${cloud.port}/health`))).toBe(0);
  const answer = await page.request.get(`${started.appUrl}/_laptop/inbox`);
  expect(answer.status()).toBe(404);

  const certificate = await page.request.get(`${started.appUrl}/laptop-certificate.crt`);
  expect(certificate.headers()["content-type"]).toBe("application/x-x509-ca-cert");
  expect(await certificate.text()).not.toContain("PRIVATE");
});
