import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditLog, visitArrivals } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import type { UsState } from "@/lib/kernel/us-states";
import { lastArrival } from "./arrival";
import { confirmArrival } from "./confirm-arrival";
import { consentVersion } from "./consent";
import { getVisit } from "./get-visit";
import { lookAtDoor } from "./look-at-door";
import { readArrival } from "./read-arrival";
import { startVisit } from "./start-visit";
import {
  codeIn,
  eventsOf,
  givenVisits,
  granted,
  linkOf,
  makePersons,
  makeVisit,
  origin,
  refusalOf,
  scheduler,
  visitRow,
} from "./testing";

const deps = givenVisits();
const admin = person("dddddddd-0000-4000-8000-0000000000aa", "admin");

async function atDoor(given: Parameters<typeof makeVisit>[1] = {}) {
  const made = await makeVisit(deps, given);
  const { visitId } = made;
  const { link, token } = await linkOf(deps, visitId, "patient");
  const code = codeIn(link);
  const holder: string = randomUUID();
  return {
    ...made,
    code,
    holder,
    say: (
      state: UsState = "NY",
      more: { holder?: string; version?: string; callBack?: string | null; by?: string } = {},
    ) =>
      confirmArrival(deps, {
        proof: { code: more.by ?? code },
        holder: more.holder ?? holder,
        origin,
        consent: { version: more.version ?? consentVersion, language: "es" },
        details: {
          state,
          address: "4 Elm Street",
          callBack: more.callBack === undefined ? "+15550107777" : more.callBack,
          emergencyContact: { name: "Ruth", phone: "555 010 8888" },
        },
      }),
    join: (as = holder) => startVisit(deps, { visitId, code, holder: as, origin, atDoor: true }),
    api: () => startVisit(deps, { visitId, token, holder, origin }),
    look: async (as = holder) => granted(await lookAtDoor(deps, { code, browserId: as, origin })),
  };
}
const rows = (visitId: string) =>
  deps.db.asActor(system, (tx) => tx.select().from(visitArrivals).where(eq(visitArrivals.visitId, visitId)));

describe("before joining, a patient", () => {
  test("says where they are and agrees; until then the link is neither spent nor of use to join", async () => {
    const { visitId, look, join, say } = await atDoor();
    expect(await look()).toMatchObject({ kind: "ready", place: "ask", resumable: false });
    expect(refusalOf(await join())).toBe("CONSENT_REQUIRED");
    expect((await visitRow(deps.db, visitId)).startedAt).toBeNull();
    expect(await eventsOf(deps.db, visitId)).not.toContain("TOKEN_REDEEMED");
    granted(await say());
    expect(await look()).toMatchObject({ kind: "ready", place: "known" });
    granted(await join());
    expect(await eventsOf(deps.db, visitId)).toEqual(
      expect.arrayContaining(["CONSENT_GIVEN", "PLACE_CONFIRMED", "TOKEN_REDEEMED"]),
    );
  });

  test("says it for their own browser: another one that found the link is asked anew", async () => {
    const { say, look, join } = await atDoor();
    granted(await say());
    const other = randomUUID();
    expect(await look(other)).toMatchObject({ place: "ask" });
    expect(refusalOf(await join(other))).toBe("CONSENT_REQUIRED");
  });

  test("is not asked again when a newer link replaces the first: the same browser said it of the same visit", async () => {
    const { visitId, holder, say, join } = await atDoor();
    granted(await say());
    const newer = codeIn((await linkOf(deps, visitId, "patient")).link);
    const look = () => lookAtDoor(deps, { code: newer, browserId: holder, origin });
    expect(granted(await look())).toMatchObject({ kind: "ready", place: "known" });
    expect(refusalOf(await join())).toBe("TOKEN_REVOKED");
    granted(await startVisit(deps, { visitId, code: newer, holder, origin, atDoor: true }));
  });

  test("gives a number only where the clinic has none", async () => {
    const onFile = await atDoor();
    expect(await onFile.look()).toMatchObject({ phoneOnFile: true });
    granted(await onFile.say("NY", { callBack: null }));
    const persons = await makePersons(deps.db, { phone: null });
    const none = await atDoor({ persons, channel: "email" });
    expect(await none.look()).toMatchObject({ phoneOnFile: false });
    expect(refusalOf(await none.say("NY", { callBack: null }))).toBe("NUMBER_NEEDED");
    granted(await none.say());
  });

  test("whose browser keeps no cookie can still say it, and join", async () => {
    const { say, join } = await atDoor();
    granted(await say("NY", { holder: "" }));
    granted(await join(randomUUID()));
  });

  test("agrees to the text of today: an older version is shown again", async () => {
    const { say } = await atDoor();
    expect(await say("NY", { version: "2020-01-01" })).toMatchObject({
      ok: false,
      error: { code: "CONSENT_OUTDATED", version: consentVersion },
    });
  });

  test("is not asked once inside, and a clinician and a guest never are", async () => {
    const { say, join, look } = await atDoor();
    granted(await say());
    granted(await join());
    expect(await look()).toMatchObject({ place: "known", resumable: true });
    granted(await join());
    const { visitId } = await makeVisit(deps);
    const clinician = await linkOf(deps, visitId, "clinician");
    const code = codeIn(clinician.link);
    const door = await lookAtDoor(deps, { code, browserId: "", origin });
    expect(granted(door)).toMatchObject({ place: "known" });
    const said = await confirmArrival(deps, {
      proof: { code },
      holder: "",
      origin,
      consent: { version: consentVersion, language: "en" },
      details: { state: "NY", address: null, callBack: null, emergencyContact: null },
    });
    expect(refusalOf(said)).toBe("PATIENTS_ONLY");
  });
});

describe("the licence follows the place", () => {
  test("where the clinician holds none the visit does not start, the link stays good, and staff see it", async () => {
    const { visitId, clinicianId, look, join, say } = await atDoor();
    expect(refusalOf(await say("NJ"))).toBe("NOT_LICENSED_THERE");
    expect(await look()).toMatchObject({ kind: "ready", place: "not-licensed" });
    expect(refusalOf(await join())).toBe("NOT_LICENSED_THERE");
    const { startedAt } = await visitRow(deps.db, visitId);
    expect(startedAt).toBeNull();
    expect(await eventsOf(deps.db, visitId)).toContain("PLACE_NOT_LICENSED");
    const seen = await getVisit(deps, { actor: scheduler, visitId });
    expect(granted(seen).arrival).toMatchObject({ licensed: false, consentVersion, consentLanguage: "es" });
    const read = await readArrival(deps, { actor: person(clinicianId, "clinician"), visitId });
    expect(granted(read)?.state).toBe("NJ");
    // Who mistook the state, or drove home, says so.
    granted(await say("NY"));
    granted(await join());
  });

  test("a patient of another state is seen where the clinician is licensed, wherever they live", async () => {
    const persons = await makePersons(deps.db, { state: "NY", licensedIn: ["NY", "CT"] });
    const { say, join } = await atDoor({ persons });
    granted(await say("CT"));
    granted(await join());
  });
});

describe("what was said", () => {
  test("lies sealed, is in no record but as a version and a yes, and is shown to the visit's staff alone", async () => {
    const { visitId, patientId, clinicianId, say } = await atDoor();
    granted(await say());
    const [row] = await rows(visitId);
    const stored = JSON.stringify({ ...row, details: row?.details.toString("utf8") });
    expect(stored).not.toMatch(/Elm|0107777|Ruth|"NY"/);
    const audit = await deps.db.asActor(admin, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.visitId, visitId)),
    );
    expect(JSON.stringify(audit)).not.toMatch(/Elm|7777|Ruth/);
    const asked = (actor: Parameters<typeof readArrival>[1]["actor"]) =>
      readArrival(deps, { actor, visitId });
    expect(granted(await asked(person(clinicianId, "clinician")))).toEqual({
      state: "NY",
      address: "4 Elm Street",
      callBack: "+15550107777",
      emergencyContact: { name: "Ruth", phone: "555 010 8888" },
    });
    expect(await eventsOf(deps.db, visitId)).toContain("PLACE_VIEWED");
    expect(refusalOf(await asked(person(randomUUID(), "clinician")))).toBe("VISIT_UNKNOWN");
    expect(refusalOf(await asked(person(patientId, "customer")))).toBe("FORBIDDEN");
    expect(refusalOf(await asked(person(randomUUID(), "auditor")))).toBe("VISIT_UNKNOWN");
  });

  test("is no business of a clinician's or a guest's link, nor of an auditor", async () => {
    const { visitId, say } = await atDoor();
    granted(await say());
    for (const party of ["clinician", "patient"] as const) {
      const link = await linkOf(deps, visitId, party);
      const actor = { kind: "link", voucherId: link.tokenId, visitId, party, origin } as const;
      const seen = await deps.db.asActor(actor, (tx) => lastArrival(tx, visitId));
      expect(seen === null, party).toBe(party !== "patient");
    }
    const auditor = person(randomUUID(), "auditor");
    expect(await deps.db.asActor(auditor, (tx) => lastArrival(tx, visitId))).toBeNull();
  });

  test("a caller of the API who says nothing of a place joins as before, and none joins from where there is no license", async () => {
    granted(await (await atDoor()).api());
    const { say, api } = await atDoor();
    expect(refusalOf(await say("NJ"))).toBe("NOT_LICENSED_THERE");
    expect(refusalOf(await api())).toBe("NOT_LICENSED_THERE");
  });

  test("is not replaced by somebody who found the link: neither without a cookie nor with another one, once the patient is in", async () => {
    const { visitId, say, look, join } = await atDoor();
    granted(await say("NY"));
    deps.clock.advance(1);
    await say("NJ", { holder: "" });
    expect(await look()).toMatchObject({ place: "known" });
    deps.clock.advance(1);
    await say("NJ", { holder: randomUUID() });
    granted(await join());
    const read = await readArrival(deps, { actor: scheduler, visitId });
    expect(granted(read)?.state).toBe("NY");
    expect(granted(await getVisit(deps, { actor: scheduler, visitId })).arrival).toMatchObject({
      licensed: true,
    });
  });

  test("is evidence: nothing that runs as the application changes or removes it", async () => {
    const { visitId, say } = await atDoor();
    granted(await say());
    const change = deps.db.asActor(system, (tx) =>
      tx.update(visitArrivals).set({ licensed: true }).where(eq(visitArrivals.visitId, visitId)),
    );
    await expect(change).rejects.toThrow();
    await expect(deps.db.asActor(system, (tx) => tx.delete(visitArrivals))).rejects.toThrow();
  });
});
