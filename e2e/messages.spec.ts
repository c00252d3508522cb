import { setFault } from "./faults";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";
import { makeVisit } from "./staff-api";

const walter = "+15550101234";
const walterMail = "walter@example.com";

test("staff see a text delivered and a mail bounced, send it again, and tell the patient that they run late", async ({
  api,
  inbox,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const { visitId } = await makeVisit(api);
  const { page } = await newVisitor();
  await signIn(page, started, "scheduler");
  await page.goto(`/admin/visits/${visitId}`);
  const messages = page.getByRole("region", { name: "Messages" });
  await expect(messages).toContainText("Nothing has been sent yet.");

  await test.step("a mailbox that is not there: the page learns it by itself", async () => {
    await setFault(started.laptopUrl, { service: "ses", bounce: true });
    await page.getByRole("button", { name: "Send the patient a new link" }).click();
    await expect(messages.getByRole("row", { name: /New link, text/ })).toContainText("Delivered");
    const mail = messages.getByRole("row", { name: /New link, email/ });
    await expect(mail).toContainText("Bounced");
    await expect(mail).toContainText("No such mailbox");
    await setFault(started.laptopUrl, { service: "ses" });
    await expectAccessible(page);
    await page.goto("/admin");
    await expect(page.getByText("Email bounced").first()).toBeVisible();
    await page.goBack();
  });

  await test.step("sent again, it arrives", async () => {
    const before = await inbox.count(walterMail);
    await messages.getByRole("button", { name: "Send again to the patient by email" }).click();
    await expect(messages.getByRole("row", { name: /Invitation, email/ })).toContainText("Delivered");
    expect(await inbox.count(walterMail)).toBeGreaterThan(before);
  });

  await test.step("running late is one press, and another takes it back", async () => {
    await page.getByRole("button", { name: "20 min late" }).click();
    await expect(page.getByText("Running 20 min late.")).toBeVisible();
    await inbox.find(walter, /running about 20 min late/);
    await page.getByRole("button", { name: "Undo: on time after all" }).click();
    await expect(page.getByText("Running 20 min late.")).toHaveCount(0);
    await inbox.find(walter, /back on time/);
  });
});

test.describe("on the telephone itself", () => {
  // The console shows mails in a frame without script, and the browser under test injects some of its own into each frame.
  test.use({ tolerate: /Blocked script execution/ });

  test("who writes STOP gets no more texts and staff see why; the mail still goes; START brings them back", async ({
    api,
    inbox,
    newVisitor,
    started,
  }) => {
    const { visitId } = await makeVisit(api);
    const { page: phone } = await newVisitor({ phone: true });
    const { page } = await newVisitor();
    await api.call("POST", `/api/visits/${visitId}/notify`, { channel: "sms" });
    await inbox.find(walter, /Tap to join/);

    await phone.goto(`${started.laptopUrl}/?number=${encodeURIComponent(walter)}`);
    const write = async (words: string) => {
      await phone.getByLabel("Write back").fill(words);
      await phone.getByRole("button", { name: "Reply" }).click();
    };
    await write("Stop!");
    await expect(phone.getByRole("list", { name: /Texts to/ })).toContainText("you will get no more texts");

    await signIn(page, started, "scheduler");
    await page.goto(`/admin/visits/${visitId}`);
    const messages = page.getByRole("region", { name: "Messages" });
    await page.getByRole("button", { name: "Send the patient a new link" }).click();
    await expect(messages.getByRole("row", { name: /New link, text/ })).toContainText("Said STOP");
    await expect(messages.getByRole("row", { name: /New link, email/ })).toContainText("Delivered");

    await write("START");
    await expect(phone.getByRole("list", { name: /Texts to/ })).toContainText("you will get our texts again");
    await messages.getByRole("button", { name: "Send again to the patient by text" }).click();
    await expect(messages.getByRole("row", { name: /Invitation, text/ }).first()).toContainText("Delivered");
  });
});

test("an administrator writes the clinic's own words, is stopped where a patient would be lost, and goes back", async ({
  api,
  inbox,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const { page } = await newVisitor();
  await signIn(page, started, "admin");
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { name: "Clinic and wording" })).toBeVisible();
  await expectAccessible(page);

  const text = page.getByLabel("Text", { exact: false }).first();
  await text.fill("Hello from {clinic}. {Visit} starts {when}.");
  await expect(page.getByText("{link} is missing: without it the message is of no use.")).toBeVisible();
  await text.fill("Hello from {clinic}. {Visit} starts {when}: {link}");
  await expect(page.getByText(/letters, 1 part \(GSM-7\)|letters, 2 parts \(GSM-7\)/).first()).toBeVisible();
  await page.getByRole("button", { name: "Save Text" }).click();
  await expect(page.getByText("Saved. The next message says this.")).toBeVisible();
  // Another process sends; it has the new words within seconds.
  await expect
    .poll(
      async () => {
        const { visitId } = await makeVisit(api);
        await api.call("POST", `/api/visits/${visitId}/notify`, { channel: "sms" });
        return inbox.find(walter, /Hello from .*|Tap to join/);
      },
      { timeout: 30_000 },
    )
    .toContain("Hello from");
  await page.getByRole("button", { name: "Back to our words for Text" }).click();
  await expect(page.getByText("Back to our words.", { exact: true })).toBeVisible();

  await page.getByRole("link", { name: "العربية" }).click();
  await expect(page.getByLabel("Text", { exact: false }).first()).toHaveAttribute("dir", "rtl");
  await expectAccessible(page);
});
