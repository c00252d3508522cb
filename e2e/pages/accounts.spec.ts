import { randomUUID } from "node:crypto";
import { expect, test } from "../fixtures";
import { SeedClient } from "../seed3-client";
import { totpCode } from "../totp-code";

const password = "SecurePassword123!";
const someone = () => `user-${randomUUID()}@example.com`;
const sixDigits = /\b([0-9]{6})\b/;

test("seed 3's commands and its JavaScript client run as written: sign up, confirm, log in, list, refresh, log out", async ({
  started,
  inbox,
}) => {
  const email = someone();
  const client = new SeedClient(started.appUrl);
  expect(await client.signup(email, password, "John", "Doe")).toEqual({
    success: true,
    message: "User registered successfully",
    user_sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
    confirmation_required: true,
  });
  const confirmation_code = await inbox.find(email, sixDigits);
  const post = (path: string, body: object, token?: string) =>
    fetch(started.appUrl + path, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
  const confirmed = await post("/auth/confirm-signup", { email, confirmation_code });
  expect([confirmed.status, await confirmed.json()]).toEqual([
    200,
    { success: true, message: "User confirmed successfully" },
  ]);

  const wrong = await client.login(email, "password");
  expect(wrong).toMatchObject({ success: false, message: "Invalid email or password" });
  const data = await client.login(email, password);
  expect(data).toEqual({
    success: true,
    access_token: expect.any(String),
    refresh_token: expect.any(String),
    id_token: expect.any(String),
    token_type: "Bearer",
    expires_in: 3600,
    user: { sub: expect.any(String), username: email, email, email_verified: true },
  });
  const me = await (await client.makeAuthenticatedRequest("/auth/me")).json();
  expect(me).toEqual({
    success: true,
    user: {
      ...data.user,
      token_use: "access",
      scope: expect.any(String),
      auth_time: expect.any(Number),
      iat: expect.any(Number),
      exp: expect.any(Number),
    },
  });

  // As after an hour: the client meets a 401, refreshes and goes on.
  client.token = `${data.access_token.slice(0, -4)}AAAA`;
  const customers = await client.makeAuthenticatedRequest("/api/customers");
  expect([customers.status, await customers.json()]).toMatchObject([200, { success: true, customers: [] }]);
  expect(client.token).not.toBe(data.access_token);

  // The identity token is no access token, and a log-out ends both tokens of the login, the refreshed one too.
  const use = (token: string) =>
    fetch(`${started.appUrl}/api/customers`, { headers: { Authorization: `Bearer ${token}` } });
  expect((await use(data.id_token)).status).toBe(401);
  const refreshed = client.token;
  await client.logout();
  for (const token of [data.access_token, refreshed]) {
    const refused = await use(token);
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([
      401,
      expect.stringContaining("Bearer"),
    ]);
  }
  expect((await post("/auth/refresh", { refresh_token: data.refresh_token })).status).toBe(401);
});

test("somebody makes an account on a phone, adds an authenticator app, and signs out everywhere", async ({
  newVisitor,
  inbox,
  expectAccessible,
}) => {
  const email = someone();
  const { page } = await newVisitor({ phone: true });
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Make an account" }).click();
  await expect(page.getByRole("heading", { name: "Make an account" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("easy");
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page.locator("form").getByRole("alert")).toContainText("too easy to guess");
  await expect(page.getByLabel("Email")).toHaveValue(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Look in your email" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Code from the email").fill(await inbox.find(email, sixDigits));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Your email is confirmed. Sign in now.")).toBeVisible();

  const signIn = async () => {
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.keyboard.press("Enter");
  };
  await signIn();
  // Nobody's record is theirs yet: two ways to it, and nothing that tells whether there is one.
  await expect(page.getByRole("heading", { name: "Find your visits" })).toBeVisible();
  await expectAccessible(page);
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
  await expectAccessible(page);
  // A customer's account opens no staff page.
  await page.goto("/admin");
  await expect(page).toHaveURL(/refused=role/);

  await page.goto("/account");
  await page.getByRole("button", { name: "Set up an app" }).click();
  const secret = ((await page.locator(".ac__key").textContent()) ?? "").replaceAll(" ", "");
  await expectAccessible(page);
  const step = () => Math.floor(Date.now() / 30_000);
  await page.getByLabel("Code that the app shows").fill(totpCode(secret, step()));
  await page.keyboard.press("Enter");
  await expect(page.getByText("It is on. From now on we ask you for a code.")).toBeVisible();

  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await signIn();
  await expect(page.getByRole("heading", { name: "Type your code" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Code", { exact: true }).fill(totpCode(secret, step() + 1));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Find your visits" })).toBeVisible();
  await page.goto("/account");

  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByText("You are signed out everywhere.")).toBeVisible();
  await page.goto("/account");
  await expect(page).toHaveURL(/sign-in/);
  await page.goto("/forgot");
  await expectAccessible(page);
});
