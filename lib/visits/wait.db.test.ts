import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { system } from "@/db/testing/people";
import { admitParty } from "./admit-party";
import { endVisit } from "./end-visit";
import { tellWaiting } from "./tell-waiting";
import {
  eventsOf,
  givenVisits,
  granted,
  joinAs,
  joinAsGuest,
  makePersons,
  makeVisit,
  origin,
  refusalOf,
  scheduler,
} from "./testing";
import { type Joined, seenBy } from "./testing-scenes";

const deps = givenVisits();
const seen = (visitId: string, joined: Pick<Joined, "actor">) => seenBy(deps, visitId, joined);

/** Three visits of one clinician, half an hour apart, each with a patient of its own. */
async function threeVisits() {
  const first = await makeVisit(deps, { inMinutes: 1 });
  const { clinicianId } = first;
  const another = async (inMinutes: number) => {
    const { patientId } = await makePersons(deps.db);
    return makeVisit(deps, { inMinutes, persons: { patientId, clinicianId } });
  };
  return { first, second: await another(31), third: await another(61) };
}

describe("a patient who waits is told how it stands, and nothing that is made up", () => {
  test("nothing while nobody is before them; then that the clinician is with another, and when they are next", async () => {
    const { first, second, third } = await threeVisits();
    const last = await joinAs(deps, third.visitId, "patient");
    expect((await seen(third.visitId, last)).queue).toEqual({ withAnother: false, before: 0, next: false });

    await joinAs(deps, second.visitId, "patient");
    expect((await seen(third.visitId, last)).queue).toMatchObject({ withAnother: false, before: 1 });

    await joinAs(deps, first.visitId, "patient");
    await joinAs(deps, first.visitId, "clinician");
    granted(await admitParty(deps, { actor: scheduler, visitId: first.visitId }));
    expect((await seen(third.visitId, last)).queue).toEqual({ withAnother: true, before: 1, next: false });

    granted(await endVisit(deps, { visitId: second.visitId, actor: scheduler, origin }));
    expect((await seen(third.visitId, last)).queue).toEqual({ withAnother: true, before: 0, next: true });

    granted(await endVisit(deps, { visitId: first.visitId, actor: scheduler, origin }));
    expect((await seen(third.visitId, last)).queue).toEqual({ withAnother: false, before: 0, next: true });
  });

  test("a page that is gone, and another clinician's patients, are before nobody", async () => {
    const { second, third } = await threeVisits();
    await joinAs(deps, second.visitId, "patient");
    await joinAs(deps, (await makeVisit(deps)).visitId, "patient");
    deps.clock.advance(120);
    const last = await joinAs(deps, third.visitId, "patient");
    expect((await seen(third.visitId, last)).queue).toMatchObject({ withAnother: false, before: 0 });
  });

  test("who is in, and who is no patient, is told no queue", async () => {
    const { visitId } = await makeVisit(deps);
    const patient = await joinAs(deps, visitId, "patient");
    const clinician = await joinAs(deps, visitId, "clinician");
    const guest = await joinAsGuest(deps, visitId, "caregiver");
    granted(await admitParty(deps, { actor: scheduler, visitId }));
    for (const joined of [patient, clinician, guest])
      expect(await seen(visitId, joined)).not.toHaveProperty("queue");
  });
});

describe("a message to the patient who waits", () => {
  test("is theirs alone to read, the last one counts, and it is gone with the visit", async () => {
    const { visitId } = await makeVisit(deps);
    const patient = await joinAs(deps, visitId, "patient");
    const clinician = await joinAs(deps, visitId, "clinician");
    const guest = await joinAsGuest(deps, visitId, "caregiver");
    granted(await tellWaiting(deps, { actor: scheduler, visitId, words: { preset: "soon" } }));
    expect((await seen(visitId, patient)).told).toMatchObject({ preset: "soon" });
    const words = { text: "Please have your insulin at hand" };
    granted(await tellWaiting(deps, { actor: clinician.actor, visitId, words }));
    expect((await seen(visitId, patient)).told).toMatchObject(words);
    expect(await seen(visitId, guest)).not.toHaveProperty("told");
    const stored = () => deps.db.asActor(system, (tx) => tx.execute(sql`SELECT words FROM waiting_words`));
    expect(Buffer.from((await stored())[0]!.words as Buffer).toString("utf8")).not.toContain("insulin");
    const events = await deps.db.asActor(system, (tx) =>
      tx.execute(sql`SELECT metadata::text AS said FROM audit_log WHERE event_type = 'WAITING_TOLD'`),
    );
    expect(JSON.stringify(events)).not.toContain("insulin");
    expect(await eventsOf(deps.db, visitId)).toContain("WAITING_TOLD");
    granted(await endVisit(deps, { visitId, actor: scheduler, origin }));
    expect(await stored()).toHaveLength(0);
  });

  test("cannot be put into the clinician's mouth by a patient or a guest, nor said to nobody", async () => {
    const { visitId } = await makeVisit(deps);
    const words = { preset: "soon" } as const;
    expect(refusalOf(await tellWaiting(deps, { actor: scheduler, visitId, words }))).toBe("NOBODY_WAITS");
    const patient = await joinAs(deps, visitId, "patient");
    const guest = await joinAsGuest(deps, visitId, "interpreter");
    for (const { actor } of [patient, guest])
      expect(refusalOf(await tellWaiting(deps, { actor, visitId, words }))).toBe("FORBIDDEN");
    const forged = deps.db.asActor(patient.actor, (tx) =>
      tx.execute(sql`INSERT INTO waiting_words VALUES (${visitId}::uuid, '\\x00'::bytea, now())`),
    );
    await expect(forged).rejects.toThrow();
  });
});
