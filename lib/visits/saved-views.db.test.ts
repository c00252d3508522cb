import { afterAll, beforeAll, expect, test } from "vitest";
import { type Db, openDb } from "@/db/as-actor";
import { makeVisit, person, system } from "@/db/testing/people";
import { keepView, listViews, removeView } from "./saved-views";

let db: Db;
beforeAll(() => {
  db = openDb(process.env.TEST_DATABASE_URL ?? "", { max: 4 });
});
afterAll(() => db.close());

/** Somebody new who works here. */
const colleague = async () => person((await makeVisit(db)).clinicianId, "clinician");
const names = async (actor: Parameters<typeof listViews>[1]["actor"]) =>
  (await listViews({ db }, { actor })).map(({ name }) => name);

test("what somebody asks often is kept under a name, and a second of that name takes its place", async () => {
  const actor = await colleague();
  expect(await keepView({ db }, { actor, name: "  Missed  lately ", query: "state=NO_SHOW" })).toMatchObject({
    ok: true,
  });
  await keepView({ db }, { actor, name: "done", query: "state=COMPLETED" });
  await keepView({ db }, { actor, name: "missed LATELY", query: "state=NO_SHOW&period=past30" });
  expect(await listViews({ db }, { actor })).toEqual([
    { viewId: expect.any(String), name: "done", query: "state=COMPLETED" },
    { viewId: expect.any(String), name: "missed LATELY", query: "state=NO_SHOW&period=past30" },
  ]);
});

test("pressing twice keeps one", async () => {
  const actor = await colleague();
  const twice = [1, 2].map(() => keepView({ db }, { actor, name: "Mine", query: "" }));
  for (const kept of await Promise.all(twice)) expect(kept.ok).toBe(true);
  expect(await names(actor)).toEqual(["Mine"]);
});

test("a view is its owner's: nobody else finds it, takes it away or writes in their name", async () => {
  const [jane, other] = [await colleague(), await colleague()];
  await keepView({ db }, { actor: jane, name: "Mine", query: "" });
  const [view] = await listViews({ db }, { actor: jane });
  const viewId = view?.viewId ?? "";
  expect(await names(other)).toEqual([]);
  expect(await names(person(other.kind === "person" ? other.id : "", "admin"))).toEqual([]);
  await removeView({ db }, { actor: other, viewId });
  expect(await names(jane)).toEqual(["Mine"]);
  await removeView({ db }, { actor: jane, viewId: "no id" });
  await removeView({ db }, { actor: jane, viewId });
  expect(await names(jane)).toEqual([]);
  expect(await keepView({ db }, { actor: system, name: "Mine", query: "" })).toEqual({
    ok: false,
    error: { code: "FORBIDDEN" },
  });
});

test("a name that says nothing or too much is refused, and so is the twenty-first view", async () => {
  const actor = await colleague();
  for (const name of ["", "  ", "x".repeat(41)])
    expect(await keepView({ db }, { actor, name, query: "" })).toMatchObject({
      error: { code: "INPUT_INVALID" },
    });
  for (let n = 0; n < 20; n++) await keepView({ db }, { actor, name: `View ${n}`, query: "" });
  expect(await keepView({ db }, { actor, name: "One more", query: "" })).toMatchObject({
    error: { code: "VIEWS_FULL" },
  });
  // One of those that are there may still change.
  expect(await keepView({ db }, { actor, name: "view 3", query: "order=desc" })).toMatchObject({ ok: true });
});
