import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answeredAtTheDoor } from "./answered-at-the-door";

const env = {
  NODE_ENV: "production",
  NEXT_PUBLIC_APP_URL: "https://app.clinic.test",
  AWS_ENDPOINT_URL: undefined,
  LAN_LISTEN: undefined,
  CORS_ALLOWED_ORIGINS: ["https://portal.clinic.test"],
} as const;

/** What stands behind the door says what reached it. */
const server = createServer(async (request, response) => {
  if (
    await answeredAtTheDoor(request, response, {
      ...env,
      CORS_ALLOWED_ORIGINS: [...env.CORS_ALLOWED_ORIGINS],
    })
  )
    return;
  response.end(JSON.stringify({ marked: request.headers["x-vouchsafe-door"] ?? null }));
});
let origin = "";
beforeAll(async () => {
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test("a door of the table is knocked at, and its answer carries the headers of data", async () => {
  const answer = await fetch(`${origin}/api/token/redeem?x=1`, { method: "POST", body: "{}" });
  expect(await answer.json()).toEqual({ marked: "seen" });
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("strict-transport-security")).toMatch(/max-age=\d{8}/);
  expect(answer.headers.get("access-control-allow-origin")).toBeNull();
});

test("a path that nobody listed is not found, and a method that nobody listed is not allowed", async () => {
  const unknown = await fetch(`${origin}/api/backup`);
  expect(unknown.status).toBe(404);
  expect(unknown.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await unknown.json()).toMatchObject({ code: "NOT_FOUND" });
  const method = await fetch(`${origin}/api/token/redeem`, { method: "DELETE" });
  expect(method.status).toBe(405);
  expect(method.headers.get("allow")).toBe("POST, OPTIONS");
});

test("a listed origin gets its preflight, another one nothing that a browser would accept", async () => {
  const preflight = (from: string) =>
    fetch(`${origin}/api/visits`, {
      method: "OPTIONS",
      headers: { origin: from, "access-control-request-method": "POST" },
    });
  const listed = await preflight("https://portal.clinic.test");
  expect(listed.status).toBe(204);
  expect(listed.headers.get("access-control-allow-origin")).toBe("https://portal.clinic.test");
  expect((await preflight("https://evil.test")).headers.get("access-control-allow-origin")).toBeNull();
});

test("a page passes to the middleware, whatever a client claims", async () => {
  const answer = await fetch(`${origin}/j/abcd2345`, { headers: { "x-vouchsafe-door": "seen" } });
  expect(await answer.json()).toEqual({ marked: null });
});
