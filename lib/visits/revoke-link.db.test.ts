import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { visitSeats } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { getVisit } from "./get-visit";
import { liveLink } from "./link-codes";
import { lookAtDoor } from "./look-at-door";
import { revokeLink } from "./revoke-link";
import {
  codeIn,
  eventsOf,
  givenVisits,
  granted,
  joinAs,
  linkOf,
  makeVisit,
  origin,
  refusalOf,
  scheduler,
} from "./testing";

const deps = givenVisits();
beforeEach(() => deps.clock.reset());

const takeBack = (visitId: string, tokenId: string, actor = scheduler) =>
  revokeLink(deps, { actor, visitId, tokenId, reason: "wrong-person" });
const links = async (visitId: string) => granted(await getVisit(deps, { actor: scheduler, visitId })).links;

test("a link that went to the wrong person opens nothing from then on, is never sent again, and the list says why", async () => {
  const { visitId } = await makeVisit(deps);
  const link = await linkOf(deps, visitId, "patient");
  granted(await takeBack(visitId, link.tokenId));
  const door = granted(await lookAtDoor(deps, { code: codeIn(link.link), browserId: "", origin }));
  expect(door).toMatchObject({ kind: "revoked" });
  expect(await deps.db.asActor(system, (tx) => liveLink(deps, tx, visitId, { party: "patient" }))).toBeNull();
  expect(await links(visitId)).toMatchObject([{ status: "REVOKED", revoked: "wrong-person" }]);
  expect(await eventsOf(deps.db, visitId)).toContain("TOKEN_REVOKED");
});

test("whoever came in by it is out, and the other party's link stays", async () => {
  const { visitId } = await makeVisit(deps);
  const other = await linkOf(deps, visitId, "clinician");
  const joined = await joinAs(deps, visitId, "patient");
  granted(await takeBack(visitId, joined.started.seatId));
  const seats = await deps.db.asActor(system, (tx) => tx.select().from(visitSeats));
  expect(seats.find(({ voucherId }) => voucherId === joined.started.seatId)?.removedAt).not.toBeNull();
  expect((await links(visitId)).find(({ tokenId }) => tokenId === other.tokenId)?.status).toBe("ISSUED");
});

test("a link that opens nothing any more, another visit's or nobody's is refused with a sentence", async () => {
  const [one, another] = [await makeVisit(deps), await makeVisit(deps)];
  const link = await linkOf(deps, one.visitId, "patient");
  expect(refusalOf(await takeBack(another.visitId, link.tokenId))).toBe("LINK_CLOSED");
  expect(refusalOf(await takeBack(one.visitId, randomUUID()))).toBe("LINK_CLOSED");
  granted(await takeBack(one.visitId, link.tokenId));
  expect(refusalOf(await takeBack(one.visitId, link.tokenId))).toBe("LINK_CLOSED");
});

test("another clinician, an agent and an auditor cannot take it back", async () => {
  const { visitId } = await makeVisit(deps);
  const { tokenId } = await linkOf(deps, visitId, "patient");
  for (const role of ["clinician", "agent", "auditor"] as const)
    expect(refusalOf(await takeBack(visitId, tokenId, person(randomUUID(), role)))).toBe("VISIT_UNKNOWN");
  expect((await links(visitId))[0]?.status).toBe("ISSUED");
});
