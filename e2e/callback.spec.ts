import { expect, test } from "./fixtures";
import { signIn, signInToCall } from "./sign-in";

test("a customer is called back: every tab shows it, one agent takes it and is told at once that it is not now; cancelled, nothing is left", async ({
  newVisitor,
  started,
  expectAccessible,
}) => {
  const [{ page, context }, { page: desk }] = [await newVisitor(), await newVisitor()];
  await signInToCall(page, started);
  await page.getByRole("button", { name: "Call me back", exact: true }).click();
  await page.getByRole("button", { name: "Ask for a call" }).click();
  await expect(page.getByText("We will call you back")).toBeVisible();
  const second = await context.newPage();
  await second.goto("/support");
  await expect(second.getByText("We will call you back")).toBeVisible();

  await signIn(desk, started, "agent");
  await desk.getByRole("button", { name: "I’m here" }).click();
  await expect(desk.getByText("John Carter"), "nobody is named before it is taken").toHaveCount(0);
  const take = desk.getByRole("button", { name: /^Take/ });
  await take.click();
  await expect(desk.getByText("John Carter")).toBeVisible();
  const state = desk.getByRole("combobox", { name: "You are" });
  await expect(state, "no other call rings meanwhile").toHaveValue("Break");
  for (const tab of [page, second])
    await expect(tab.getByRole("heading", { name: "We are calling you now" })).toBeVisible();
  await expectAccessible(page);
  await expectAccessible(desk);

  await page.getByRole("button", { name: "I can’t pick up now" }).click();
  await expect(desk.getByText(/no longer have that callback/)).toBeVisible();
  await expect(state).toHaveValue("Available");
  await expect(desk.getByText("John Carter")).toHaveCount(0);
  await expect(second.getByText(/We call you again after/)).toBeVisible();

  await second.getByRole("button", { name: "Cancel the call" }).click();
  await expect(page.getByRole("button", { name: "Call me back", exact: true })).toBeVisible();
  await expect(take).toHaveCount(0);
  await state.selectOption("Offline");
  await expect(desk.getByText("No calls ring")).toBeVisible();
});
