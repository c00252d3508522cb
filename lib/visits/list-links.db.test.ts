import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { person } from "@/db/testing/people";
import { markOpened } from "@/lib/vouchers/mark-opened";
import { inviteGuest } from "./invite-guest";
import { type LinkFilter, listLinks } from "./list-links";
import { revokeLink } from "./revoke-link";
import { startVisit } from "./start-visit";
import { givenVisits, granted, linkOf, makeVisit, origin, scheduler } from "./testing";

const deps = givenVisits();
const admin = person(randomUUID(), "admin");
const seen = async (visitId: string, filter: LinkFilter = {}, actor = scheduler) =>
  granted(await listLinks(deps, { actor, limit: 100, ...filter })).links.filter(
    (link) => link.visitId === visitId,
  );

test("each link stands under what became of it, and under that alone", async () => {
  const { visitId } = await makeVisit(deps, { inMinutes: 5 });
  const taken = await linkOf(deps, visitId, "clinician");
  granted(await revokeLink(deps, { actor: scheduler, visitId, tokenId: taken.tokenId, reason: "misused" }));
  const link = await linkOf(deps, visitId, "patient");
  const states = async () => {
    const under: Record<string, string[]> = {};
    for (const status of ["ISSUED", "OPENED", "REDEEMED", "EXPIRED", "REVOKED"] as const)
      for (const { tokenId, status: told } of await seen(visitId, { status })) {
        expect(told).toBe(status);
        under[tokenId] = [...(under[tokenId] ?? []), status];
      }
    expect(under[taken.tokenId]).toEqual(["REVOKED"]);
    return under[link.tokenId];
  };
  expect(await states()).toEqual(["ISSUED"]);
  await markOpened(deps, link.tokenId, { ip: "203.0.113.9", userAgent: "Door/1" });
  expect(await states()).toEqual(["OPENED"]);
  const [forAdmin] = await seen(visitId, { status: "OPENED" }, admin);
  const [forDesk] = await seen(visitId, { status: "OPENED" });
  expect(forAdmin?.seenFrom).toEqual({ ip: "203.0.113.9", userAgent: "Door/1" });
  expect(forDesk?.seenFrom).toBeNull();
  deps.clock.advance(3 * 3_600);
  expect(await states()).toEqual(["EXPIRED"]);
  deps.clock.reset();
  granted(await startVisit(deps, { visitId, token: link.token, holder: "browser", origin }));
  expect(await states()).toEqual(["REDEEMED"]);
  expect((await seen(visitId, { status: "REDEEMED" }))[0]?.seenFrom).toEqual(origin);
});

test("says whom it was made for and by whom, and nothing by which it could be used", async () => {
  const { visitId } = await makeVisit(deps);
  const { token, link } = await linkOf(deps, visitId, "patient");
  const entries = await seen(visitId);
  expect(entries).toMatchObject([
    {
      party: "patient",
      name: "Walter Greene",
      issuedBy: { kind: "program" },
      revocable: true,
      revoked: null,
    },
  ]);
  const told = JSON.stringify(entries);
  expect(told).not.toContain(token);
  expect(told).not.toContain(link.split("/").at(-1));
});

test("those that ran out come by when they did, page by page", async () => {
  const { visitId: late } = await makeVisit(deps, { inMinutes: 300 });
  const { visitId: soon } = await makeVisit(deps, { inMinutes: 100 });
  const last = await linkOf(deps, late, "patient");
  const [first, second] = [await linkOf(deps, soon, "patient"), await linkOf(deps, soon, "clinician")];
  const before = deps.clock.now();
  deps.clock.advance(24 * 3_600);
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = granted(
      await listLinks(deps, { actor: scheduler, status: "EXPIRED", from: before, limit: 1, cursor }),
    );
    ids.push(...page.links.map(({ tokenId }) => tokenId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  const ours = ids.filter((id) => [first, second, last].some(({ tokenId }) => tokenId === id));
  expect(ours[0]).toBe(last.tokenId);
  expect(ours.slice(1).toSorted()).toEqual([first.tokenId, second.tokenId].toSorted());
  deps.clock.reset();
});

test("goes through all pages, the newest first, between two days", async () => {
  const before = deps.clock.now();
  const { visitId } = await makeVisit(deps, { inMinutes: 600 });
  for (let nth = 0; nth < 5; nth++) {
    await linkOf(deps, visitId, nth % 2 ? "patient" : "clinician");
    deps.clock.advance(60);
  }
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = granted(
      await listLinks(deps, { actor: scheduler, from: new Date(before.getTime() - 1_000), limit: 2, cursor }),
    );
    ids.push(...page.links.filter((link) => link.visitId === visitId).map(({ tokenId }) => tokenId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(new Set(ids).size).toBe(5);
  expect(ids).toEqual((await seen(visitId)).map(({ tokenId }) => tokenId));
  expect(await seen(visitId, { to: new Date(before.getTime() - 1_000) })).toEqual([]);
});

test.each(["clinician", "agent", "auditor", "customer"] as const)("is not for a %s", async (role) => {
  expect(await listLinks(deps, { actor: person(randomUUID(), role) })).toEqual({
    ok: false,
    error: { code: "FORBIDDEN" },
  });
});

test("a patient's links are found, a guest's of their visits too and by name, and nobody else's", async () => {
  const one = await makeVisit(deps);
  const other = await makeVisit(deps);
  granted(
    await inviteGuest(deps, {
      actor: scheduler,
      visitId: one.visitId,
      role: "interpreter",
      name: "Maria",
      phone: "+15550101777",
    }),
  );
  for (const { visitId } of [one, other]) await linkOf(deps, visitId, "patient");
  const of = async (patientId: string) =>
    granted(await listLinks(deps, { actor: scheduler, patientId })).links;
  const links = await of(one.patientId);
  expect(links.map(({ visitId, name }) => [visitId, name]).sort()).toEqual([
    [one.visitId, "Maria"],
    [one.visitId, "Walter Greene"],
  ]);
  expect(await of(randomUUID())).toEqual([]);
  expect(await of("nobody")).toEqual([]);
});
