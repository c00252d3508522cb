import { sayWhere, waitingRoom } from "./call";
import { setCheckLine } from "./faults";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";
import { makeVisit } from "./staff-api";

test("a device check is sent with a click, tried on a phone on a line that loses much, and seen by staff; at the door a network that blocks video is told before Join, which still works", async ({
  api,
  newVisitor,
  started,
  inbox,
  expectAccessible,
}) => {
  const visit = await makeVisit(api);
  const desk = (await newVisitor()).page;
  await signIn(desk, started, "scheduler");
  await desk.goto(`/admin/visits/${visit.visitId}`);
  const card = desk.getByRole("region", { name: "Device check" });
  await expect(card).toContainText("Not tried yet.");
  await card.getByRole("button", { name: "Send a device check" }).click();
  await expect(card).toContainText("on its way");
  const link = await inbox.find("+15550101234", /https?:\S+\/c\/[0-9a-z]+/);

  const { page } = await newVisitor({ phone: true });
  await setCheckLine(started.laptopUrl, visit.visitId, { lossRate: 0.25 });
  await page.goto(link);
  await expect(page.getByRole("button", { name: "Start the check" })).toBeEnabled();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Start the check" }).press("Enter");
  await expect(page.getByTestId("self-video")).toBeVisible();
  await expect(page.getByText("We can hear you", { exact: true })).toBeVisible();
  await expect(page.getByText("Trying your connection…")).toBeVisible();
  await page.getByRole("button", { name: "Play the chime" }).click();
  await page.getByRole("button", { name: "No", exact: true }).click();
  await expect(page.getByText("You heard nothing")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Something needs a look" })).toBeFocused({
    timeout: 25_000,
  });
  await expect(page.getByText("Too much gets lost on the way")).toBeVisible();
  await expect(page.getByText("Your clinic can see this.")).toBeVisible();
  await expect(page.getByText("You did not hear the chime")).toBeVisible();
  await expectAccessible(page);

  await expect(card).toContainText("Camera works");
  await expect(card).toContainText("Sound not heard");
  await expect(card).toContainText("Heavy loss");
  await expectAccessible(desk);
  const door = await newVisitor({ phone: true });
  await setCheckLine(started.laptopUrl, visit.visitId, { blackhole: true });
  await door.page.goto(visit.patientLink);
  await expect(door.page.getByRole("heading", { name: /Your video visit/ })).toBeVisible();
  await sayWhere(door.page);
  await door.page.getByRole("button", { name: "Check your connection" }).press("Enter");
  const connection = door.page.getByRole("region", { name: "Your connection" });
  await expect(connection.getByText("This network stops video calls")).toBeVisible({ timeout: 25_000 });
  await expectAccessible(door.page);
  await setCheckLine(started.laptopUrl, visit.visitId, {});
  await connection.getByRole("link", { name: "Ask for a call" }).click();
  await expect(door.page.getByLabel("Your phone number")).toBeVisible();
  await door.page.getByRole("button", { name: "Join visit" }).click();
  await expect(waitingRoom(door.page)).toBeVisible();
});
