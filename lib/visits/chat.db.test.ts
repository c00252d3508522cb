import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { person, system } from "@/db/testing/people";
import { changeClinic } from "@/lib/notifications/change-clinic";
import { admitParty } from "./admit-party";
import { keepChatLine, readChat } from "./chat";
import { getVisit } from "./get-visit";
import { liveState } from "./live-state";
import { eventsOf, givenVisits, granted, joinAs, makeVisit, refusalOf, scheduler } from "./testing";

const deps = givenVisits();
const admin = person(randomUUID(), "admin");
const clinic = { name: "Elm Clinic", phone: "+15550100142", quiet: { from: "21:00", to: "08:00" } };
const keeping = async (keepChat: boolean) =>
  granted(await changeClinic(deps, { actor: admin, ...clinic, keepChat }));

/** A patient and a clinician in a call. */
async function talking() {
  const made = await makeVisit(deps);
  const patient = await joinAs(deps, made.visitId, "patient");
  const clinician = await joinAs(deps, made.visitId, "clinician");
  granted(await admitParty(deps, { actor: scheduler, visitId: made.visitId }));
  return { ...made, patient, clinician, staff: person(made.clinicianId, "clinician") };
}
type Talking = Awaited<ReturnType<typeof talking>>;
const told = async ({ visitId, patient }: Talking) =>
  granted(await liveState(deps, { visitId, viewer: { kind: "seat", actor: patient.actor } })).chatKept;

describe("what is written in a call", () => {
  test("is kept nowhere until the clinic says so, and then whoever is in it is told", async () => {
    const visit = await talking();
    const { actor } = visit.patient;
    expect(await told(visit)).toBe(false);
    expect(granted(await keepChatLine(deps, { actor, text: "between us" }))).toEqual({ kept: false });
    await keeping(true);
    expect(await told(visit)).toBe(true);
    granted(await changeClinic(deps, { actor: admin, ...clinic, name: "Oak Clinic" }));
    expect(await told(visit)).toBe(true);
    await keeping(false);
    expect(await told(visit)).toBe(false);
    expect(granted(await readChat(deps, { actor: visit.staff, visitId: visit.visitId })).lines).toEqual([]);
  });

  test("is kept sealed, and read by the visit's clinician alone, which is recorded", async () => {
    await keeping(true);
    const visit = await talking();
    const { visitId, patient, clinician, staff } = visit;
    granted(await keepChatLine(deps, { actor: patient.actor, text: "My knee hurts" }));
    deps.clock.advance(1);
    granted(await keepChatLine(deps, { actor: clinician.actor, text: "Which one?" }));
    const { lines } = granted(await readChat(deps, { actor: staff, visitId }));
    expect(lines.map(({ party, text }) => [party, text])).toEqual([
      ["patient", "My knee hurts"],
      ["clinician", "Which one?"],
    ]);
    expect(await eventsOf(deps.db, visitId)).toEqual(expect.arrayContaining(["CHAT_KEPT", "CHAT_VIEWED"]));
    expect(granted(await getVisit(deps, { actor: staff, visitId })).hasChat).toBe(true);

    expect(refusalOf(await readChat(deps, { actor: scheduler, visitId }))).toBe("FORBIDDEN");
    expect(granted(await getVisit(deps, { actor: scheduler, visitId })).hasChat).toBe(false);
    const seen = await deps.db.asActor(patient.actor, (tx) => tx.execute(sql`SELECT party FROM visit_chat`));
    expect(seen.map(({ party }) => party)).toEqual(["patient"]);
    const stored = await deps.db.asActor(system, (tx) =>
      tx.execute<{ words: Buffer }>(sql`SELECT words FROM visit_chat WHERE visit_id = ${visitId}::uuid`),
    );
    for (const { words } of stored) expect(Buffer.from(words).toString("latin1")).not.toMatch(/knee|Which/);
    await expect(deps.db.asActor(admin, (tx) => tx.execute(sql`DELETE FROM visit_chat`))).rejects.toThrow();
  });

  test("goes into the record from those who are in alone", async () => {
    await keeping(true);
    const { visitId } = await makeVisit(deps);
    const waiting = await joinAs(deps, visitId, "patient");
    expect(refusalOf(await keepChatLine(deps, { actor: waiting.actor, text: "hello" }))).toBe("NOT_ADMITTED");
  });
});
