import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { person, system } from "@/db/testing/people";
import { askCall, askCallAtDoor } from "./ask-call";
import { confirmArrival } from "./confirm-arrival";
import { consentVersion } from "./consent";
import { getVisit } from "./get-visit";
import { listVisits } from "./list-visits";
import { liveState } from "./live-state";
import { readCallNumber, seeToCall } from "./see-to-call";
import {
  codeIn,
  eventsOf,
  givenVisits,
  granted,
  joinAs,
  joinAsGuest,
  linkOf,
  makePersons,
  makeVisit,
  origin,
  refusalOf,
  scheduler,
} from "./testing";

const deps = givenVisits();
const numberOf = async (visitId: string, actor = scheduler) =>
  granted(await readCallNumber(deps, { actor, visitId })).number;

describe("a patient who would rather be called", () => {
  test("is seen by staff at once, on the visit and in the list, until somebody has seen to it", async () => {
    const { visitId, clinicianId } = await makeVisit(deps);
    const { actor, holder } = await joinAs(deps, visitId, "patient");
    const changes = async () =>
      granted(await liveState(deps, { visitId, viewer: { kind: "staff", actor: scheduler } })).changes!;
    const before = await changes();
    granted(await askCall(deps, { actor, holder, number: "+15550100177" }));
    expect(await changes()).toBeGreaterThan(before);
    const staff = person(clinicianId, "clinician");
    const listed = async () => (await listVisits(deps, { actor: staff })).visits[0]?.callAskedAt;
    expect(await listed()).toEqual(expect.any(String));
    expect(granted(await getVisit(deps, { actor: staff, visitId })).callAskedAt).toBe(await listed());
    expect(await numberOf(visitId, staff)).toBe("+15550100177");

    expect(granted(await seeToCall(deps, { actor: staff, visitId })).done).toBe(true);
    expect(granted(await seeToCall(deps, { actor: staff, visitId })).done).toBe(false);
    expect(await listed()).toBeNull();
    expect(await numberOf(visitId)).toBeNull();
    expect(await eventsOf(deps.db, visitId)).toEqual(
      expect.arrayContaining(["CALL_ASKED", "CALL_NUMBER_VIEWED", "CALL_SEEN_TO"]),
    );
  });

  test("is called at the number they give now, else the one of the door, else the one on file", async () => {
    const persons = await makePersons(deps.db, { phone: "+15550100111" });
    const { visitId } = await makeVisit(deps, { persons });
    const { link } = await linkOf(deps, visitId, "patient");
    const door = { code: codeIn(link), holder: "browser", origin };
    granted(await askCallAtDoor(deps, door));
    expect(await numberOf(visitId)).toBe("+15550100111");
    granted(
      await confirmArrival(deps, {
        proof: { code: door.code },
        holder: door.holder,
        origin,
        consent: { version: consentVersion, language: "en" },
        details: { state: "NY", address: null, callBack: "+15550100122", emergencyContact: null },
      }),
    );
    granted(await askCallAtDoor(deps, door));
    expect(await numberOf(visitId)).toBe("+15550100122");
    granted(await askCallAtDoor(deps, { ...door, number: "+15550100133" }));
    expect(await numberOf(visitId)).toBe("+15550100133");
    expect(refusalOf(await askCallAtDoor(deps, { ...door, code: "zzzzzzzz" }))).toBe("CODE_UNKNOWN");
  });

  test("must give a number where the clinic has none, and cannot ask without end", async () => {
    const persons = await makePersons(deps.db, { phone: null });
    const { visitId } = await makeVisit(deps, { persons, channel: "email" });
    const { actor, holder } = await joinAs(deps, visitId, "patient");
    expect(refusalOf(await askCall(deps, { actor, holder }))).toBe("NUMBER_NEEDED");
    const ask = () => askCall(deps, { actor, holder, number: "+15550100144" });
    for (let asked = 0; asked < 5; asked += 1) granted(await ask());
    expect(refusalOf(await ask())).toBe("CALL_ASKED_ENOUGH");
  });

  test("asks for themselves alone: the number is sealed, and no guest and no other's staff reads it", async () => {
    const { visitId } = await makeVisit(deps);
    const { actor, holder } = await joinAs(deps, visitId, "patient");
    const guest = await joinAsGuest(deps, visitId, "caregiver");
    expect(refusalOf(await askCall(deps, { actor: guest.actor, holder: guest.holder }))).toBe(
      "PATIENTS_ONLY",
    );
    granted(await askCall(deps, { actor, holder, number: "+15550100155" }));
    const stored = await deps.db.asActor(system, (tx) =>
      tx.execute<{ number: Buffer }>(sql`SELECT number FROM call_requests WHERE visit_id = ${visitId}::uuid`),
    );
    expect(Buffer.from(stored[0]!.number).toString("latin1")).not.toContain("5550100155");
    const seen = await deps.db.asActor(guest.actor, (tx) => tx.execute(sql`SELECT id FROM call_requests`));
    expect(seen).toHaveLength(0);
    const other = person((await makePersons(deps.db)).clinicianId, "clinician");
    expect(refusalOf(await readCallNumber(deps, { actor: other, visitId }))).toBe("VISIT_UNKNOWN");
    const forged = deps.db.asActor(actor, (tx) =>
      tx.execute(sql`UPDATE call_requests SET done_at = now(), done_by = 'me' RETURNING id`),
    );
    expect(await forged).toHaveLength(0);
  });
});
