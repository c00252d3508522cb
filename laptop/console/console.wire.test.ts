import { ConnectClient, StartWebRTCContactCommand } from "@aws-sdk/client-connect";
import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright";
import { expect as expectPage } from "playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../chime/testing/chromium";
import { startTestLaptop, type TestLaptop } from "../testing/start-test-laptop";

let laptop: TestLaptop;
let browser: Browser;
beforeAll(async () => {
  [laptop, browser] = await Promise.all([startTestLaptop(), launchChromium()]);
  await text("+15550101234", "Tap to join: http://127.0.0.1:3000/j/a1b2c3d4. Reply HELP");
  await text("+15550109999", "<img src=x onerror=alert(1)>");
  await mail();
  await new ConnectClient(laptop.client).send(
    new StartWebRTCContactCommand({
      InstanceId: "11111111-1111-4111-8111-111111111111",
      ContactFlowId: "22222222-2222-4222-8222-222222222222",
      ParticipantDetails: { DisplayName: "Visitor 7K" },
      Attributes: { visit_ref: "v1" },
    }),
  );
});
afterAll(async () => {
  await browser.close();
  await laptop.stop();
});

const text = (to: string, body: string) =>
  new PinpointSMSVoiceV2Client(laptop.client).send(
    new SendTextMessageCommand({ DestinationPhoneNumber: to, MessageBody: body }),
  );
const mail = () =>
  new SESv2Client(laptop.client).send(
    new SendEmailCommand({
      FromEmailAddress: "Linden Street <visits@visit.test>",
      Destination: { ToAddresses: ["walter@example.test"] },
      Content: {
        Simple: {
          Subject: { Data: "Your video visit" },
          Body: {
            Html: { Data: "<h1>Your visit</h1><a href='/j/x'>Open</a>" },
            Text: { Data: "Your visit" },
          },
          Attachments: [
            {
              FileName: "visit.ics",
              ContentType: "text/calendar",
              RawContent: Buffer.from("METHOD:REQUEST\r\nSEQUENCE:2\r\n"),
            },
          ],
        },
      },
    }),
  );

/** A page whose complaints fail the test at its end. */
async function open(
  path: string,
  viewport: { width: number; height: number },
  colorScheme: "light" | "dark",
) {
  const context = await browser.newContext({ viewport, colorScheme });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`${laptop.url}${path}`);
  return { page, complaints, close: () => context.close() };
}
const desktop = { width: 1440, height: 900 };
const telephone = { width: 390, height: 844 };

describe.each(["/", "/console/meetings", "/console/contacts", "/console/faults"])("%s", (path) => {
  test.each([
    ["a desktop, light", desktop, "light"],
    ["a telephone, dark", telephone, "dark"],
  ] as const)("on %s: axe finds nothing, nothing is cut off, no complaint", async (_, viewport, scheme) => {
    const { page, complaints, close } = await open(path, viewport, scheme);
    // The mail's frame runs no script, so axe cannot look inside: it would wait for ever.
    const found = await new AxeBuilder({ page }).setLegacyMode(true).options({ iframes: false }).analyze();
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("the inbox", () => {
  async function inbox(run: (page: Page) => Promise<void>) {
    const { page, complaints, close } = await open("/?number=%2B15550101234", desktop, "light");
    await run(page);
    expect(complaints).toEqual([]);
    await close();
  }

  test("a link in a text can be followed, without the full stop behind it", () =>
    inbox(async (page) => {
      const link = page.getByRole("link", { name: "127.0.0.1:3000/j/a1b2c3d4" });
      await expectPage(link).toHaveAttribute("href", "http://127.0.0.1:3000/j/a1b2c3d4");
      await expectPage(link).toHaveAttribute("target", "_blank");
    }));

  test("words of a stranger stay words", () =>
    inbox(async (page) => {
      await page.getByLabel("Telephone").selectOption("+15550109999");
      await expectPage(page.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
    }));

  test("a text that arrives while one looks is there without a reload", () =>
    inbox(async (page) => {
      await text("+15550101234", "You may come in.");
      await expectPage(page.getByText("You may come in.")).toBeVisible();
      await expectPage(page.getByRole("status")).toHaveText("Something new has arrived.");
    }));

  test("a mail shows as a mail client would, with its calendar file", () =>
    inbox(async (page) => {
      const letter = page.frameLocator("iframe[title='The mail as it looks']");
      await expectPage(letter.getByRole("heading", { name: "Your visit" })).toBeVisible();
      await expectPage(page.getByText("Calendar file · request · version 2")).toBeVisible();
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: "Save visit.ics" }).click();
      expect((await download).suggestedFilename()).toBe("visit.ics");
    }));

  test("the list of mails does not move under the cursor: it says that there is a new one", () =>
    inbox(async (page) => {
      const list = page.locator("#mail-list li");
      const before = await list.count();
      await list.first().hover();
      await mail();
      await page.getByRole("button", { name: "Show new mail" }).click();
      await expectPage(list).toHaveCount(before + 1);
    }));

  test("a keyboard alone answers from the telephone, keeps its place, and what is half written stays", () =>
    inbox(async (page) => {
      const field = page.getByLabel("Write back");
      await field.focus();
      await page.keyboard.type("STOP");
      await page.keyboard.press("Enter");
      await expectPage(page.getByRole("list", { name: /Texts to/ })).toContainText("STOP");
      await expectPage(field).toBeFocused();
      await expectPage(field).toHaveValue("");
      await page.keyboard.type("Half of");
      await text("+15550101234", "Something new");
      await expectPage(page.getByRole("list", { name: /Texts to/ })).toContainText("Something new");
      await expectPage(field).toBeFocused();
      await expectPage(field).toHaveValue("Half of");
    }));
});

test("a switch turned on by a press holds for the API, shows on every page, and turns off again", async () => {
  const { page, close } = await open("/console/faults", desktop, "light");
  const region = page.getByRole("region", { name: "End User Messaging (texts)" });
  const throttle = region.getByRole("switch", { name: "Throttle" });
  await throttle.click();
  await expectPage(throttle).toBeChecked();
  await expect(text("+15550101234", "x")).rejects.toMatchObject({ name: "ThrottlingException" });
  await page.getByRole("link", { name: "Meetings" }).click();
  await page.getByRole("link", { name: "1 fault switch on" }).click();
  await page.getByRole("button", { name: "Turn all off" }).click();
  await expectPage(page.getByText("All services up")).toBeVisible();
  await close();
});

test("meetings show who is in them; ending one ends it", async () => {
  const { page, close } = await open("/console/meetings", desktop, "light");
  await expectPage(page.getByText("Not here")).toBeVisible();
  await page.getByRole("switch", { name: /Drop media/ }).click();
  await expectPage(page.getByRole("switch", { name: /Drop media/ })).toBeChecked();
  await page.getByRole("button", { name: /End for all/ }).click();
  await expectPage(page.getByText("No meeting is running.")).toBeVisible();
  await close();
});
