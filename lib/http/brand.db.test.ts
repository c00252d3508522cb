import { randomUUID } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GET as logoRoute } from "@/app/api/brand/logo/route";
import { auditLog } from "@/db/schema";
import { person } from "@/db/testing/people";
import type { Role } from "@/lib/kernel/actor";
import { drawPng } from "@/lib/kernel/testing-png";
import { type BrandWish, changeBrand } from "@/lib/notifications/change-brand";
import { clinicOf } from "@/lib/notifications/clinic";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { notifyParties } from "@/lib/visits/notify-parties";
import { granted, makeVisit, scheduler } from "@/lib/visits/testing";
import { openDoors, type TestDoors } from "./testing";

let doors: TestDoors;
vi.mock("@/lib/http/deps", () => ({ doorDeps: async () => doors.deps }));
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

const adminId = randomUUID();
const admin = person(adminId, "admin");
const change = (wish: Partial<BrandWish>, role: Role = "admin") =>
  changeBrand(doors.deps, {
    accent: "",
    logo: "keep",
    ...wish,
    actor: role === "admin" ? admin : person(randomUUID(), role),
  });
const brand = async () => (await clinicOf(doors.deps)).brand;
const fetchLogo = (version: string) =>
  logoRoute(new Request(`http://app.test/api/brand/logo?v=${version}`), { params: Promise.resolve({}) });

test("a clinic without a brand wears ours", async () => {
  expect(await brand()).toEqual({ accent: null, logo: null });
  expect((await fetchLogo("0".repeat(32))).status).toBe(404);
});

test("an administrator gives a colour and a logo: mails carry the one, whoever opens a page gets the other, and it is recorded", async () => {
  granted(await change({ accent: "8A1C4A", logo: drawPng(40, 20) }));
  const { accent, logo } = await brand();
  expect({ accent, size: [logo?.width, logo?.height] }).toEqual({ accent: "#8a1c4a", size: [40, 20] });
  const answer = await fetchLogo(logo!.version);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(answer.headers.get("cache-control")).toContain("immutable");
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(drawPng(40, 20));
  const [entry] = await doors.deps.db.asActor(admin, (tx) =>
    tx
      .select()
      .from(auditLog)
      .where(eq(auditLog.eventType, "CLINIC_CHANGED"))
      .orderBy(desc(auditLog.occurredAt)),
  );
  expect(entry).toMatchObject({ actorId: adminId, metadata: { accent: "#8a1c4a", logo: logo!.version } });

  const { visitId } = await makeVisit(doors.deps, { channel: "email" });
  granted(await notifyParties(doors.deps, { actor: scheduler, visitId }));
  while ((await deliverDue(doors.deps)) > 0);
  const { html } = doors.deps.mailer.sent.at(-1)!;
  expect(html).toContain("background:#8a1c4a");
  expect(html).not.toMatch(/<img|url\(/); // opening a mail tells nobody
});

test("another logo takes the place of the one before, whose address leads nowhere; taken off, ours is back", async () => {
  const before = (await brand()).logo!.version;
  granted(await change({ accent: "#8a1c4a", logo: drawPng(10, 10) }));
  const { version } = (await brand()).logo!;
  expect((await fetchLogo(before)).status).toBe(404);
  granted(await change({ accent: "", logo: "keep" }));
  expect(await brand()).toMatchObject({ accent: null, logo: { version } });
  granted(await change({ logo: "none" }));
  expect(await brand()).toEqual({ accent: null, logo: null });
  expect((await fetchLogo(version)).status).toBe(404);
});

test("what could not be read or shown is refused with what to do, and nothing is changed by it", async () => {
  granted(await change({ accent: "#0b5f4b", logo: drawPng(8, 8) }));
  const stands = await brand();
  const refused = await change({ accent: "#ffcc00", logo: Buffer.from("<svg onload=alert(1)>") });
  expect(refused).toMatchObject({
    ok: false,
    error: {
      code: "BRAND_REFUSED",
      flaws: [
        { field: "accent", code: "TOO_LIGHT", instead: expect.stringMatching(/^#[0-9a-f]{6}$/) },
        { field: "logo", code: "NOT_PNG" },
      ],
    },
  });
  expect(await change({ accent: "red;}body{display:none" })).toMatchObject({
    error: { flaws: [{ field: "accent", code: "NOT_A_COLOUR" }] },
  });
  expect(await brand()).toEqual(stands);
});

test("nobody else changes it, not past the use case either", async () => {
  for (const role of ["scheduler", "clinician", "agent", "auditor", "customer"] as const) {
    expect(await change({ accent: "#0b5f4b" }, role), role).toEqual({
      ok: false,
      error: { code: "FORBIDDEN" },
    });
    const forced = doors.deps.db.asActor(person(randomUUID(), role), (tx) =>
      tx.execute(sql`INSERT INTO clinic_logos (version, png) VALUES (${"f".repeat(32)}, '\\x00')`),
    );
    await expect(forced, role).rejects.toThrow();
  }
});
