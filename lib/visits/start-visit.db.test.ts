import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Db } from "@/db/as-actor";
import { visitSeats } from "@/db/schema";
import { system } from "@/db/testing/people";
import { everyCapability, noCapability } from "@/lib/ports/meetings";
import { Crash } from "@/lib/ports/testing/faults";
import { cancelVisit } from "./cancel-visit";
import { startVisit } from "./start-visit";
import { statusOf } from "./status";
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
  type TestDeps,
  visitRow,
} from "./testing";

const deps = givenVisits();

const statusNow = async (visitId: string) => statusOf(await visitRow(deps.db, visitId));
const seatsIn = (visitId: string) =>
  deps.db.asActor(system, (tx) => tx.select().from(visitSeats).where(eq(visitSeats.visitId, visitId)));
async function patientLink(given: Parameters<typeof makeVisit>[1] = {}) {
  const { visitId } = await makeVisit(deps, given);
  const link = await linkOf(deps, visitId, "patient");
  const holder: string = randomUUID();
  const start = (as = holder, using: TestDeps = deps) =>
    startVisit(using, { visitId, token: link.token, holder: as, origin, deviceInfo: { hasCamera: true } });
  return { visitId, link, holder, start };
}

describe("starting", () => {
  test("a patient gets join info and waits unheard; the visit is ACTIVE from the first seat on", async () => {
    const { visitId, start, link } = await patientLink();
    const started = granted(await start());
    const { meeting, attendee } = started.chimeJoinInfo;
    expect(started).toMatchObject({
      connectContact: null,
      party: "patient",
      admitted: false,
      seatId: link.tokenId,
      generation: 1,
    });
    expect(started.visitSession.expiresIn).toBe(3600);
    expect(deps.meetings.capabilitiesOf(meeting.meetingId, attendee.attendeeId)).toEqual(noCapability);
    expect(await statusNow(visitId)).toBe("ACTIVE");
    expect(await eventsOf(deps.db, visitId)).toEqual([
      "VISIT_SCHEDULED",
      "TOKEN_ISSUED",
      "TOKEN_REDEEMED",
      "VISIT_STARTED",
      "PARTY_WAITING",
    ]);
  });

  test("both parties, at the same moment, meet in one meeting", async () => {
    const { visitId } = await makeVisit(deps);
    const [patient, clinician] = await Promise.all([
      joinAs(deps, visitId, "patient"),
      joinAs(deps, visitId, "clinician"),
    ]);
    expect(clinician.started.chimeJoinInfo.meeting.meetingId).toBe(
      patient.started.chimeJoinInfo.meeting.meetingId,
    );
    expect(clinician.started.admitted).toBe(true);
    const { meeting, attendee } = clinician.started.chimeJoinInfo;
    expect(deps.meetings.capabilitiesOf(meeting.meetingId, attendee.attendeeId)).toEqual(everyCapability);
    expect((await eventsOf(deps.db, visitId)).filter((event) => event === "VISIT_STARTED")).toHaveLength(1);
  });

  test("a short code starts as well as a token", async () => {
    const { visitId, link } = await patientLink();
    const started = await startVisit(deps, { visitId, code: codeIn(link.link), holder: "browser", origin });
    expect(started.ok).toBe(true);
  });

  test("a second browser with the same link is refused", async () => {
    const { start } = await patientLink();
    granted(await start());
    expect(refusalOf(await start("somebody else"))).toBe("TOKEN_REUSED");
  });

  test("of sixteen browsers at once with one link, one gets in", async () => {
    const { start } = await patientLink();
    const tried = await Promise.all(Array.from({ length: 16 }, (_, n) => start(`browser-${n}`)));
    expect(tried.filter((one) => one.ok)).toHaveLength(1);
    expect(tried.filter((one) => refusalOf(one) === "TOKEN_REUSED")).toHaveLength(15);
  });

  test("a reload finds the same attendee, and makes no second one", async () => {
    const { start } = await patientLink();
    const first = granted(await start());
    const again = granted(await start());
    expect(again.chimeJoinInfo.attendee).toEqual(first.chimeJoinInfo.attendee);
    expect(deps.meetings.rooms.get(first.chimeJoinInfo.meeting.meetingId)?.attendees.size).toBe(1);
  });

  test("a double click makes one seat with one attendee, and both answers are good", async () => {
    const { visitId, start } = await patientLink();
    const both = (await Promise.all([start(), start(), start()])).map(granted);
    const ids = new Set(both.map((one) => one.chimeJoinInfo.attendee.attendeeId));
    expect(ids.size).toBe(1);
    expect(await seatsIn(visitId)).toHaveLength(1);
    expect(deps.meetings.rooms.get(both[0]!.chimeJoinInfo.meeting.meetingId)?.attendees.size).toBe(1);
  });

  test("a meeting that the cloud ended is made anew for whoever comes back, and the others are told", async () => {
    const { visitId } = await makeVisit(deps);
    const patient = await joinAs(deps, visitId, "patient");
    const clinician = await joinAs(deps, visitId, "clinician");
    deps.meetings.expire(patient.started.chimeJoinInfo.meeting.meetingId);
    const back = granted(await patient.again());
    expect(back.generation).toBe(2);
    expect(back.chimeJoinInfo.meeting.meetingId).not.toBe(patient.started.chimeJoinInfo.meeting.meetingId);
    const alsoBack = granted(await clinician.again());
    expect(alsoBack.chimeJoinInfo.meeting.meetingId).toBe(back.chimeJoinInfo.meeting.meetingId);
    expect(alsoBack.generation).toBe(2);
  });

  test("credentials lie sealed", async () => {
    const { visitId, start } = await patientLink();
    const { joinToken } = granted(await start()).chimeJoinInfo.attendee;
    const [seat] = await seatsIn(visitId);
    expect(seat?.credentials?.includes(joinToken)).toBe(false);
    expect(JSON.stringify((await visitRow(deps.db, visitId)).meeting)).not.toContain(joinToken);
  });

  test("another visit's link opens nothing here, and is not spent by the try", async () => {
    const { start } = await patientLink();
    const other = await patientLink();
    const wrong = await startVisit(deps, {
      visitId: other.visitId,
      token: (await patientLink()).link.token,
      holder: "x",
      origin,
    });
    expect(refusalOf(wrong)).toBe("TOKEN_INVALID");
    expect((await start()).ok).toBe(true);
  });
});

describe("when the cloud or we ourselves fail", () => {
  for (const [fault, code] of [
    ["throttle", "CLOUD_THROTTLED"],
    ["outage", "CLOUD_UNAVAILABLE"],
  ] as const)
    test(`${fault}: the visit is not ACTIVE, and the same browser goes on with the same link`, async () => {
      const { visitId, start } = await patientLink();
      deps.meetings.faults.fail("create", fault);
      expect(refusalOf(await start())).toBe(code);
      expect(await statusNow(visitId)).toBe("SCHEDULED");
      expect(refusalOf(await start("somebody else"))).toBe("TOKEN_REUSED");
      expect(granted(await start()).generation).toBe(1);
      expect(await statusNow(visitId)).toBe("ACTIVE");
    });

  const dying = (call: string, when: "before" | "after") => (given: TestDeps) => {
    given.meetings.faults.fail(call, "crash", { when });
    return given;
  };
  const points: [string, (given: TestDeps) => TestDeps][] = [
    ["after the link was spent, before the cloud", dying("create", "before")],
    ["after the meeting was made", dying("create", "after")],
    ["before the attendee was made", dying("addAttendee", "before")],
    ["after the attendee was made", dying("addAttendee", "after")],
    ["while the seat was written down", (given) => ({ ...given, db: crashing(given.db) })],
  ];
  test.each(points)(
    "dead %s: the same browser gets in, nobody else does, and it is one meeting",
    async (_, arrange) => {
      const { visitId, start, holder } = await patientLink();
      const rooms = deps.meetings.rooms.size;
      await expect(start(holder, arrange(deps))).rejects.toThrow(Crash);
      deps.meetings.faults.heal();
      expect(await statusNow(visitId)).toBe("SCHEDULED");
      expect(refusalOf(await start("somebody else"))).toBe("TOKEN_REUSED");
      expect(granted(await start()).generation).toBe(1);
      expect(deps.meetings.rooms.size).toBe(rooms + 1);
      expect((await eventsOf(deps.db, visitId)).filter((event) => event === "TOKEN_REDEEMED")).toHaveLength(
        1,
      );
    },
  );

  test("a visit that is cancelled while the cloud works refuses, and leaves no meeting behind", async () => {
    const { visitId, start, holder } = await patientLink();
    const meetings: TestDeps["meetings"] = {
      ...deps.meetings,
      addAttendee: async (...asked) => {
        granted(await cancelVisit(deps, { actor: scheduler, visitId }));
        return deps.meetings.addAttendee(...asked);
      },
    };
    expect(refusalOf(await start(holder, { ...deps, meetings }))).toBe("VISIT_CANCELLED");
    expect([...deps.meetings.rooms.values()].at(-1)?.ended).toBe(true);
    expect(await seatsIn(visitId)).toEqual([]);
  });

  test("a lost answer, after everything was written, costs nothing", async () => {
    const { visitId, start } = await patientLink();
    const lost = granted(await start());
    const again = granted(await start());
    expect(again.chimeJoinInfo.attendee.attendeeId).toBe(lost.chimeJoinInfo.attendee.attendeeId);
    expect(await seatsIn(visitId)).toHaveLength(1);
  });

  test("a meeting that ended before we could write it down is replaced", async () => {
    const { start } = await patientLink();
    deps.meetings.faults.fail("addAttendee", "throttle");
    expect(refusalOf(await start())).toBe("CLOUD_THROTTLED");
    for (const id of [...deps.meetings.rooms.keys()].slice(-1)) deps.meetings.expire(id);
    expect(granted(await start()).generation).toBe(2);
  });
});

describe("route connect", () => {
  test("the patient gets a contact under a pseudonym that carries an opaque reference only", async () => {
    const { visitId, start } = await patientLink({ route: "connect" });
    const started = granted(await start());
    expect(started.connectContact?.participantToken).toBeTruthy();
    expect(started.admitted).toBe(true);
    const held = deps.contactCentre.contacts.get(started.connectContact!.contactId);
    expect(held?.attributes).toEqual({ visit_ref: visitId });
    expect(held?.displayName).toMatch(/^Visitor [0-9A-F]{4}$/);
    expect((await visitRow(deps.db, visitId)).connectContactId).toBe(started.connectContact?.contactId);
  });

  test("it is meant for the visit's own clinician, where they take calls; while nobody can say, for whoever does", async () => {
    const { visitId, start } = await patientLink({ route: "connect" });
    const { clinicianId } = await visitRow(deps.db, visitId);
    deps.contactCentre.agents.set(clinicianId, "agent-of-jane");
    const attributesOf = (contactId = "") => deps.contactCentre.contacts.get(contactId)?.attributes;
    const first = granted(await start()).connectContact;
    expect(attributesOf(first?.contactId)).toEqual({ visit_ref: visitId, clinician_agent: "agent-of-jane" });
    await deps.contactCentre.stopContact(first!.contactId);
    deps.contactCentre.faults.fail("findAgent", "throttle");
    expect(attributesOf(granted(await start()).connectContact?.contactId)).toEqual({ visit_ref: visitId });
    deps.contactCentre.agents.clear();
  });

  test("a reload is the same contact; one that was hung up is followed by a new one", async () => {
    const { start } = await patientLink({ route: "connect" });
    const first = granted(await start());
    expect(granted(await start()).connectContact).toEqual(first.connectContact);
    await deps.contactCentre.stopContact(first.connectContact!.contactId);
    const next = granted(await start());
    expect(next.connectContact?.contactId).not.toBe(first.connectContact?.contactId);
    expect(next.generation).toBe(2);
  });

  test("throttled: not ACTIVE; the same browser goes on, with the same client token", async () => {
    const { visitId, start } = await patientLink({ route: "connect" });
    deps.contactCentre.faults.fail("startWebRtcContact", "throttle", { when: "after" });
    const contacts = deps.contactCentre.contacts.size;
    expect(refusalOf(await start())).toBe("CLOUD_THROTTLED");
    expect(await statusNow(visitId)).toBe("SCHEDULED");
    expect((await start()).ok).toBe(true);
    expect(deps.contactCentre.contacts.size).toBe(contacts + 1);
  });

  test("a clinician's link is not spent: they answer at the desk", async () => {
    const { visitId } = await makeVisit(deps, { route: "connect" });
    const link = await linkOf(deps, visitId, "clinician");
    const by = [{ token: link.token }, { code: codeIn(link.link) }];
    for (const presented of by)
      expect(refusalOf(await startVisit(deps, { visitId, ...presented, holder: "h", origin }))).toBe(
        "ANSWER_AT_DESK",
      );
    expect(await eventsOf(deps.db, visitId)).not.toContain("TOKEN_REDEEMED");
  });
});

/** A database that dies in the transaction which writes the seat down: the one that a link runs and that locks the visit. */
function crashing(db: Db): Db {
  let left = 1;
  return {
    ...db,
    asActor: (actor, work) =>
      db.asActor(actor, async (tx) => {
        const result = await work(tx);
        const wroteSeat =
          typeof result === "object" && result !== null && "kind" in result && result.kind === "seated";
        if (wroteSeat && left-- > 0) throw new Crash("died before commit");
        return result;
      }),
  };
}
