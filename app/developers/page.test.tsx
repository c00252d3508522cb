import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test, vi } from "vitest";
import { apiDocument } from "../api/openapi.json/document";
import Developers from "./page";

vi.mock("@/lib/http/deps", () => ({
  doorDeps: async () => ({ env: { NEXT_PUBLIC_APP_URL: "http://localhost:3000" } }),
}));
vi.mock("../preload-font", () => ({ preloadFont: () => {} }));
vi.mock("@/components/ui/brand", () => ({ Logo: () => null }));

const page = async (asked: { q?: string; call?: string; shape?: string } = {}) =>
  renderToStaticMarkup(await Developers({ searchParams: Promise.resolve(asked) }));
const { document } = apiDocument();
const every = Object.values(document.paths).flatMap((methods) =>
  Object.values(methods).map(({ operationId }) => operationId),
);

describe("the developers' page", () => {
  test("names every call once and stays small, for it is sent twice: as HTML, and for the router", async () => {
    const html = await page();
    for (const operationId of every) expect(html.split(`id="${operationId}"`)).toHaveLength(2);
    expect(html.length).toBeLessThan(105_000);
  });

  test("tells all of the call that its address names, without a script", async () => {
    const call = every.find((name) => name === "postVisits")!;
    const html = await page({ call });
    expect(html).toMatch(/<details[^>]*id="postVisits"[^>]*open=""/);
    expect(html).toContain("SLOT_TAKEN</code>");
    expect(html).toContain("curl -X POST");
    expect(await page({ q: "uninvite" })).toMatch(/<details[^>]*open=""/);
    // With the shapes that its answers name; without a call, each of them is as near.
    expect(html).toMatch(/<details[^>]*id="shape-Problem"/);
    expect(await page({ shape: "Problem" })).toMatch(/<details[^>]*id="shape-Problem"[^>]*open=""/);
    expect(await page({ call: "nothing" })).toBe(await page());
  });
});
