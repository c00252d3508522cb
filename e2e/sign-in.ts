import { expect, type Page } from "playwright/test";
import type { Started } from "./started";

/** Signs the demo's account of this group in by the page, and waits for the page that they begin at. */
export async function signIn(page: Page, started: Started, group: string): Promise<void> {
  const account = started.accounts.find(({ groups }) => groups.includes(group));
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(account?.email ?? "");
  await page.getByLabel("Password", { exact: true }).fill(account?.password ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(
    page.getByRole("heading", { name: group === "agent" ? "Desk" : "Today’s visits", level: 1 }),
  ).toBeVisible();
}

/** The demo's customer signs in on the way to the page where they call. */
export async function signInToCall(page: Page, started: Started): Promise<void> {
  const account = started.accounts.find(({ groups }) => groups.includes("customer"));
  await page.goto("/support");
  await page.getByLabel("Email").fill(account?.email ?? "");
  await page.getByLabel("Password", { exact: true }).fill(account?.password ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: /You are calling as John/ })).toBeVisible();
}
