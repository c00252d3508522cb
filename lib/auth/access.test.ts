import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { access, mayOpen, methodsOf, pages } from "./access";
import { hasScope } from "./api-keys";
import { agreedRole } from "./people";

const root = path.resolve(import.meta.dirname, "../..");
const routeFiles = ["app/api", "app/auth"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .map((file) => path.posix.join(folder, file)),
);
const ours = routeFiles.filter((file) => !file.includes("[...nextauth]"));
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

describe("every door", () => {
  test.each(ours)("%s declares itself in the table, under its own path", async (file) => {
    const handlers = Object.entries(
      (await import(path.join(root, file))) as Record<string, { route?: string }>,
    );
    const served = handlers.filter(([name]) => methods.includes(name));
    expect(served.length).toBeGreaterThan(0);
    for (const [method, handler] of served) {
      expect(handler.route).toBe(`${method} /${path.posix.dirname(file).replace(/^app\//, "")}`);
      expect(access).toHaveProperty([handler.route!]);
    }
  });

  test("in the table has a file, and there are enough to have been read", () => {
    expect(ours.length).toBeGreaterThanOrEqual(20);
    for (const route of Object.keys(access)) {
      const [, place = ""] = route.split(" ");
      expect(ours).toContain(path.posix.join("app", place, "route.ts"));
    }
  });

  test("that stands open says what proves its caller instead", () => {
    const open = Object.entries(access).filter(([, rule]) => "open" in rule);
    expect(open.map(([route]) => route).sort()).toMatchInlineSnapshot(`
      [
        "GET /api/brand/logo",
        "GET /api/health",
        "GET /api/openapi.json",
        "GET /api/probe",
        "GET /api/ready",
        "GET /api/rooms/[roomId]/events",
        "GET /api/rooms/[roomId]/state",
        "GET /api/token/resolve/[shortCode]",
        "GET /api/visits/[visitId]/events",
        "GET /api/visits/[visitId]/state",
        "GET /api/widget.js",
        "GET /auth/me",
        "POST /api/check/[shortCode]",
        "POST /api/connection",
        "POST /api/connection/end",
        "POST /api/door/[shortCode]/arrival",
        "POST /api/door/[shortCode]/call-me",
        "POST /api/events/messages",
        "POST /api/host-sites/[siteId]/sessions",
        "POST /api/probe",
        "POST /api/rooms/[roomId]/admit",
        "POST /api/rooms/[roomId]/close",
        "POST /api/rooms/[roomId]/join",
        "POST /api/rooms/[roomId]/leave",
        "POST /api/rooms/[roomId]/lock",
        "POST /api/rooms/[roomId]/recording",
        "POST /api/rooms/[roomId]/remove",
        "POST /api/start-call",
        "POST /api/support-callbacks",
        "POST /api/support-callbacks/cancel",
        "POST /api/support-callbacks/put-off",
        "POST /api/support-calls/[callId]/end",
        "POST /api/support-calls/[callId]/here",
        "POST /api/support-calls/[callId]/keys",
        "POST /api/support-calls/[callId]/rating",
        "POST /api/token/redeem",
        "POST /api/visits/[visitId]/admit",
        "POST /api/visits/[visitId]/call-me",
        "POST /api/visits/[visitId]/captions",
        "POST /api/visits/[visitId]/chat",
        "POST /api/visits/[visitId]/end",
        "POST /api/visits/[visitId]/leave",
        "POST /api/visits/[visitId]/recording",
        "POST /api/visits/[visitId]/remove",
        "POST /api/visits/[visitId]/resend-link",
        "POST /api/visits/[visitId]/say",
        "POST /api/visits/[visitId]/share",
        "POST /api/visits/[visitId]/speak",
        "POST /api/visits/[visitId]/start",
        "POST /api/visits/[visitId]/survey",
        "POST /api/visits/[visitId]/trouble",
        "POST /auth/challenge",
        "POST /auth/change-password",
        "POST /auth/confirm-signup",
        "POST /auth/forgot-password",
        "POST /auth/login",
        "POST /auth/logout",
        "POST /auth/refresh",
        "POST /auth/resend-code",
        "POST /auth/reset-password",
        "POST /auth/signup",
      ]
    `);
  });

  test("of the clinic's book is shut to customers, agents and auditors where it changes something", () => {
    for (const [route, rule] of Object.entries(access)) {
      if (route.startsWith("GET") || route.includes("/api/desk/") || !("roles" in rule)) continue;
      for (const role of ["customer", "agent", "auditor"]) expect(rule.roles, route).not.toContain(role);
    }
  });

  test("has its methods, and no other path has any", () => {
    expect(methodsOf("/api/visits")).toEqual(["POST", "GET"]);
    expect(methodsOf("/api/visits/123")).toEqual(["GET", "PATCH"]);
    expect(methodsOf("/api/visits/123/start")).toEqual(["POST"]);
    expect(methodsOf("/start-call")).toEqual(["POST"]);
    for (const path of ["/api", "/api/visits/", "/api/visits/1/2/3", "/api/nothing", "/auth/nothing"])
      expect(methodsOf(path), path).toBeNull();
  });
});

describe("a staff page", () => {
  const folder = "app/(staff)";
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).filter((file) =>
    /(^|\/)page\.tsx$/.test(file),
  );
  const addressOf = (file: string) => `/${path.posix.dirname(file).replace(/(^|\/)\([^)]*\)/g, "")}`;

  test.each(files)("%s asks the table who may open it, under its own address", (file) => {
    const address = addressOf(file);
    expect(pages).toHaveProperty([address]);
    expect(readFileSync(path.join(root, folder, file), "utf8")).toContain(`await requirePage("${address}")`);
  });

  test("in the table has a file", () => {
    expect(files.map(addressOf).sort()).toEqual(Object.keys(pages).sort());
  });

  test("is open to an auditor where the audit is read, and nowhere else; so is every route", () => {
    const addresses = Object.keys(pages) as (keyof typeof pages)[];
    expect(addresses.filter((page) => mayOpen(page, "auditor"))).toEqual(["/admin/audit"]);
    const routes = Object.entries(access).filter(
      ([, rule]) => "roles" in rule && rule.roles.some((role) => role === "auditor"),
    );
    expect(routes.map(([route]) => route)).toEqual(["GET /api/audit", "GET /api/audit/export"]);
  });

  test("is never a customer's", () => {
    for (const page of Object.keys(pages) as (keyof typeof pages)[])
      expect(mayOpen(page, "customer"), page).toBe(false);
  });
});

describe("the patient's own page", () => {
  const folder = path.join(root, "app/(customer)");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const read = (file: string) => readFileSync(path.join(folder, file), "utf8");

  test("asks who is there before it shows anything, each of them", () => {
    const pages = files.filter((file) => /^visits\/.*page\.tsx$/.test(file));
    expect(pages.length).toBeGreaterThanOrEqual(2);
    for (const page of pages) expect(read(page), page).toContain("await requireCustomer()");
  });

  test("asks who is there in each of its actions, but those that only keep an invitation for a stranger", () => {
    const actions = files
      .filter((file) => file.endsWith("actions.ts"))
      .flatMap((file) =>
        read(file)
          .split(/^export async function /m)
          .slice(1),
      );
    expect(actions.length).toBeGreaterThanOrEqual(8);
    const open = actions.filter((action) => !action.includes("await requireCustomer()"));
    expect(open.map((action) => action.slice(0, action.indexOf("(")))).toEqual(["goToSignIn", "goToSignUp"]);
  });
});

describe("a role", () => {
  test("is what our row and Cognito's groups both allow", () => {
    expect(agreedRole("scheduler", ["scheduler"])).toBe("scheduler");
    expect(agreedRole("admin", ["admin", "scheduler"])).toBe("admin");
    expect(agreedRole("customer", [])).toBe("customer");
  });

  test("is the narrower of the two where they differ", () => {
    expect(agreedRole("scheduler", ["admin"])).toBe("scheduler");
    expect(agreedRole("admin", ["scheduler"])).toBe("scheduler");
    expect(agreedRole("auditor", ["SUPER_ADMIN"])).toBe("auditor");
  });

  test("is none where they have nothing in common: forged or stale groups raise nobody", () => {
    expect(agreedRole("clinician", ["scheduler"])).toBeNull();
    expect(agreedRole("scheduler", [])).toBeNull();
    expect(agreedRole("admin", ["customer"])).toBeNull();
    expect(agreedRole("customer", ["admin"])).toBeNull();
  });
});

test("an API key does what its scopes say", () => {
  expect(hasScope(["visits"], "visits")).toBe(true);
  expect(hasScope(["admin"], "visits")).toBe(true);
  expect(hasScope(["rooms"], "visits")).toBe(false);
  expect(hasScope([], "visits")).toBe(false);
});
