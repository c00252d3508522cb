import { eq } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { cloudCleanups, visitSeats } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { cleanUpDue } from "@/lib/cleanups/cloud-cleanups";
import type { Party } from "@/lib/kernel/party";
import { everyCapability } from "@/lib/ports/meetings";
import { admitParty } from "./admit-party";
import { letShare } from "./change-rights";
import { endVisit } from "./end-visit";
import { leaveVisit } from "./leave-visit";
import { liveState } from "./live-state";
import { removeParty } from "./remove-party";
import { seatHolder } from "./seat-holder";
import { startVisit } from "./start-visit";
import { sweepStale } from "./sweep-stale";
import {
  eventsOf,
  givenVisits,
  granted,
  joinAs,
  linkOf,
  makeVisit,
  origin,
  refusalOf,
  scheduler,
  visitRow,
} from "./testing";
import { bothInside, capabilitiesIn, type Joined, seenBy } from "./testing-scenes";
import { renewVisitSession, visitSession } from "./visit-session";

const deps = givenVisits();

const seen = (visitId: string, joined: Pick<Joined, "actor">) => seenBy(deps, visitId, joined);
const capabilities = (joined: Joined) => capabilitiesIn(deps, joined);
const end = (visitId: string, { started }: Joined, more: object = {}) =>
  endVisit(deps, { visitId, origin, sessionToken: started.visitSession.sessionToken, ...more });
const cleanupsOf = (visitId: string) =>
  deps.db.asActor(system, (tx) => tx.select().from(cloudCleanups).where(eq(cloudCleanups.visitId, visitId)));

/** Inside, and without leave to show a screen. */
const shownNoScreen = { ...everyCapability, content: "Receive" };

describe("a patient's screen", () => {
  test("is shown by the clinician's leave alone, which the cloud keeps, and which can be taken back", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    const { seatId } = patient.started;
    const letThem = (mayShare: boolean, actor: typeof clinician.actor = clinician.actor) =>
      letShare(deps, { actor, visitId, seatId, mayShare });
    expect(refusalOf(await letThem(true))).toBe("SEAT_UNKNOWN"); // only waits
    granted(await admitParty(deps, { actor: clinician.actor, visitId }));
    expect(refusalOf(await letThem(true, patient.actor))).toBe("FORBIDDEN");
    expect(capabilities(patient)).toEqual(shownNoScreen);
    granted(await letThem(true));
    expect(capabilities(patient)).toEqual(everyCapability);
    expect((await seen(visitId, patient)).you.mayShare).toBe(true);
    granted(await letThem(false));
    expect(capabilities(patient)).toEqual(shownNoScreen);
    expect((await seen(visitId, patient)).you.mayShare).toBe(false);
    expect(await eventsOf(deps.db, visitId)).toEqual(
      expect.arrayContaining(["PARTY_MAY_SHARE", "PARTY_SHARES_NO_MORE"]),
    );
  });

  test("that was let stays let in the meeting that follows", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    granted(await admitParty(deps, { actor: clinician.actor, visitId }));
    const { seatId } = patient.started;
    granted(await letShare(deps, { actor: clinician.actor, visitId, seatId, mayShare: true }));
    deps.meetings.expire(patient.started.chimeJoinInfo.meeting.meetingId);
    const { meeting, attendee } = granted(await patient.again()).chimeJoinInfo;
    expect(deps.meetings.capabilitiesOf(meeting.meetingId, attendee.attendeeId)).toEqual(everyCapability);
  });

  test("is let no more when the leave is taken back while its owner comes back", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    const asked = { actor: clinician.actor, visitId, seatId: patient.started.seatId };
    granted(await admitParty(deps, asked));
    granted(await letShare(deps, { ...asked, mayShare: true }));
    deps.meetings.expire(patient.started.chimeJoinInfo.meeting.meetingId);
    const add = deps.meetings.addAttendee;
    const slow = vi.spyOn(deps.meetings, "addAttendee").mockImplementationOnce(async (...request) => {
      const added = await add(...request);
      granted(await letShare(deps, { ...asked, mayShare: false }));
      return added;
    });
    const { meeting, attendee } = granted(await patient.again()).chimeJoinInfo;
    slow.mockRestore();
    expect(deps.meetings.capabilitiesOf(meeting.meetingId, attendee.attendeeId)).toEqual(shownNoScreen);
  });

  test("needs a new leave once its owner was taken out and let in again", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    const { actor } = clinician;
    const { seatId } = patient.started;
    granted(await admitParty(deps, { actor, visitId }));
    granted(await letShare(deps, { actor, visitId, seatId, mayShare: true }));
    granted(await removeParty(deps, { actor, visitId, seatId }));
    expect(refusalOf(await letShare(deps, { actor, visitId, seatId, mayShare: true }))).toBe("SEAT_UNKNOWN");
    granted(await admitParty(deps, { actor, visitId, seatId }));
    const { meeting, attendee } = granted(await patient.again()).chimeJoinInfo;
    expect(deps.meetings.capabilitiesOf(meeting.meetingId, attendee.attendeeId)).toEqual(shownNoScreen);
  });
});

describe("the waiting room", () => {
  test("a patient waits until the clinician lets them in, by link or signed in", async () => {
    for (const by of ["link", "staff"] as const) {
      const { visitId, clinicianId, patient, clinician } = await bothInside(deps);
      expect((await seen(visitId, patient)).you).toEqual({
        party: "patient",
        admitted: false,
        removed: false,
        rejoin: false,
        maySpeak: true,
        mayShare: false,
      });
      const actor = by === "link" ? clinician.actor : person(clinicianId, "clinician");
      expect(granted(await admitParty(deps, { actor, visitId })).admitted).toEqual([patient.started.seatId]);
      expect(capabilities(patient)).toEqual(shownNoScreen);
      expect((await seen(visitId, patient)).you.admitted).toBe(true);
      expect(granted(await patient.again()).admitted).toBe(true);
    }
  });

  test("a patient can let nobody in, themselves least of all, nor take anybody out", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    expect(refusalOf(await admitParty(deps, { actor: patient.actor, visitId }))).toBe("FORBIDDEN");
    const seatId = clinician.started.seatId;
    expect(refusalOf(await removeParty(deps, { actor: patient.actor, visitId, seatId }))).toBe("FORBIDDEN");
    const stranger = (await bothInside(deps)).clinician.actor;
    expect(refusalOf(await admitParty(deps, { actor: stranger, visitId }))).toBe("VISIT_UNKNOWN");
  });

  test("names: the clinician's to the patient; the patient's to signed-in staff alone", async () => {
    const { visitId, clinicianId, patient, clinician } = await bothInside(deps);
    const names = (state: { parties: { party: Party; name: string }[] }) =>
      Object.fromEntries(state.parties.map(({ party, name }) => [party, name]));
    expect(names(await seen(visitId, patient))).toEqual({ patient: "Patient", clinician: "Dr. Jane" });
    expect(names(await seen(visitId, clinician)).patient).toBe("Patient");
    const viewer = { kind: "staff", actor: person(clinicianId, "clinician") } as const;
    expect(names(granted(await liveState(deps, { visitId, viewer }))).patient).toBe("Walter");
  });

  test("a throttled cloud lets nobody in, and says so; trying again does", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    deps.meetings.faults.fail("setCapabilities", "throttle");
    expect(refusalOf(await admitParty(deps, { actor: clinician.actor, visitId }))).toBe("CLOUD_THROTTLED");
    expect((await seen(visitId, patient)).you.admitted).toBe(false);
    granted(await admitParty(deps, { actor: clinician.actor, visitId }));
    expect((await seen(visitId, patient)).you.admitted).toBe(true);
  });

  test("a meeting that ended while the patient waited is made anew at admission; the pages start again", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    deps.meetings.expire(patient.started.chimeJoinInfo.meeting.meetingId);
    granted(await admitParty(deps, { actor: clinician.actor, visitId }));
    expect(await seen(visitId, patient)).toMatchObject({
      generation: 2,
      you: { admitted: true, rejoin: true },
    });
    const back = granted(await patient.again());
    expect(back).toMatchObject({ admitted: true, generation: 2 });
    const { meeting, attendee } = back.chimeJoinInfo;
    expect(deps.meetings.capabilitiesOf(meeting.meetingId, attendee.attendeeId)).toEqual(shownNoScreen);
    expect((await seen(visitId, patient)).you.rejoin).toBe(false);
  });

  test("an attendee whom the cloud lost is made again, in the same meeting", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    const { meeting, attendee } = patient.started.chimeJoinInfo;
    await deps.meetings.removeAttendee(meeting.meetingId, attendee.attendeeId);
    granted(await admitParty(deps, { actor: clinician.actor, visitId }));
    expect((await seen(visitId, patient)).you.rejoin).toBe(true);
    const back = granted(await patient.again());
    expect(back.chimeJoinInfo.meeting.meetingId).toBe(meeting.meetingId);
    expect(back.generation).toBe(1);
  });
});

describe("taking out", () => {
  test("who was taken out is out of the meeting, shut out at the door, and may be let back in", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    const { seatId } = patient.started;
    granted(await removeParty(deps, { actor: clinician.actor, visitId, seatId }));
    expect(capabilities(patient)).toBeNull();
    expect(refusalOf(await patient.again())).toBe("PARTY_REMOVED");
    expect((await seen(visitId, patient)).you).toMatchObject({ removed: true, admitted: false });
    const { sessionToken } = patient.started.visitSession;
    expect(refusalOf(await visitSession(deps, { sessionToken }))).toBe("SESSION_INVALID");
    granted(await admitParty(deps, { actor: clinician.actor, visitId, seatId }));
    expect(granted(await patient.again()).admitted).toBe(true);
  });

  test("a clinician's link that was taken out hosts nobody any more, itself least of all", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    granted(await removeParty(deps, { actor: scheduler, visitId, seatId: clinician.started.seatId }));
    for (const seatId of [clinician.started.seatId, patient.started.seatId])
      expect(refusalOf(await admitParty(deps, { actor: clinician.actor, visitId, seatId }))).toBe(
        "FORBIDDEN",
      );
    const { seatId } = patient.started;
    expect(refusalOf(await removeParty(deps, { actor: clinician.actor, visitId, seatId }))).toBe("FORBIDDEN");
    const seat = { visitId, seatId: clinician.started.seatId, holder: clinician.holder, origin };
    expect(refusalOf(await renewVisitSession(deps, seat))).toBe("SESSION_INVALID");
  });

  test("a cloud that is away takes them out as soon as it is back", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    deps.meetings.faults.fail("removeAttendee", "outage");
    granted(await removeParty(deps, { actor: clinician.actor, visitId, seatId: patient.started.seatId }));
    expect(capabilities(patient)).not.toBeNull();
    deps.clock.advance(60);
    await cleanUpDue(deps);
    expect(capabilities(patient)).toBeNull();
  });
});

describe("leaving and ending", () => {
  test("a patient who ends while the clinician is there only leaves, and may come back", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    expect(granted(await end(visitId, patient))).toMatchObject({ status: "ACTIVE", endedAt: null });
    expect((await seen(visitId, clinician)).parties[0]).toMatchObject({ party: "patient", state: "left" });
    expect((await patient.again()).ok).toBe(true);
    expect(await eventsOf(deps.db, visitId)).toEqual(
      expect.arrayContaining(["PARTY_LEFT", "PARTY_REJOINED"]),
    );
  });

  test("a patient who is alone ends the visit", async () => {
    const { visitId } = await makeVisit(deps);
    const patient = await joinAs(deps, visitId, "patient");
    const ended = granted(await end(visitId, patient, { duration: 1800 }));
    expect(ended).toMatchObject({
      visitId,
      status: "COMPLETED",
      duration: expect.any(Number),
      endedAt: expect.any(String),
    });
  });

  test("so does one whose clinician left, or has long been silent", async () => {
    const first = await bothInside(deps);
    granted(await leaveVisit(deps, { visitId: first.visitId, actor: first.clinician.actor }));
    expect(granted(await end(first.visitId, first.patient)).status).toBe("COMPLETED");
    const [second, third] = [await bothInside(deps), await bothInside(deps)];
    deps.clock.advance(91);
    expect(granted(await end(second.visitId, second.patient)).status).toBe("COMPLETED");
    await seen(third.visitId, third.clinician);
    deps.clock.advance(80);
    expect(granted(await end(third.visitId, third.patient)).status).toBe("ACTIVE");
  });

  test("the clinician ends for all: links, sessions and the meeting are shut", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    const unused = await linkOf(deps, visitId, "patient");
    expect(granted(await end(visitId, clinician, { endReason: "completed" })).status).toBe("COMPLETED");
    expect((await seen(visitId, patient)).status).toBe("COMPLETED");
    expect(deps.meetings.rooms.get(patient.started.chimeJoinInfo.meeting.meetingId)?.ended).toBe(true);
    const spare = await startVisit(deps, { visitId, token: unused.token, holder: "new", origin });
    expect([refusalOf(await patient.again()), refusalOf(spare)]).toEqual(["VISIT_ENDED", "VISIT_ENDED"]);
    expect(refusalOf(await end(visitId, patient))).toBe("VISIT_ENDED");
    expect(await eventsOf(deps.db, visitId)).toEqual(
      expect.arrayContaining(["VISIT_ENDED", "TOKEN_REVOKED"]),
    );
  });

  test("staff end it signed in; strangers and made-up sessions end nothing", async () => {
    const { visitId } = await bothInside(deps);
    const other = await bothInside(deps);
    const wrong = other.patient.started.visitSession.sessionToken;
    expect(refusalOf(await endVisit(deps, { visitId, origin, sessionToken: wrong }))).toBe("SESSION_INVALID");
    expect(refusalOf(await endVisit(deps, { visitId, origin, sessionToken: "made-up" }))).toBe(
      "SESSION_INVALID",
    );
    expect(refusalOf(await endVisit(deps, { visitId, origin }))).toBe("SESSION_INVALID");
    const agent = person(other.patientId, "agent");
    expect(refusalOf(await endVisit(deps, { visitId, origin, actor: agent }))).toBe("FORBIDDEN");
    expect(granted(await endVisit(deps, { visitId, origin, actor: scheduler })).status).toBe("COMPLETED");
  });

  test("with the cloud away the visit ends all the same, and the meeting as soon as it is back", async () => {
    const { visitId, patient, clinician } = await bothInside(deps);
    deps.meetings.faults.fail("end", "outage", { times: 2 });
    expect(granted(await end(visitId, clinician)).status).toBe("COMPLETED");
    const room = deps.meetings.rooms.get(patient.started.chimeJoinInfo.meeting.meetingId);
    for (const ended of [false, true]) {
      deps.clock.advance(120);
      await cleanUpDue(deps);
      expect(room?.ended).toBe(ended);
    }
    expect((await cleanupsOf(visitId)).map((row) => row.doneAt)).toEqual([expect.any(Date)]);
  });

  test("on route connect, ending stops the contact", async () => {
    const { visitId } = await makeVisit(deps, { route: "connect" });
    const patient = await joinAs(deps, visitId, "patient");
    granted(await end(visitId, patient));
    const { contactId } = patient.started.connectContact!;
    expect(deps.contactCentre.contacts.get(contactId)?.disconnectedAt).toBeInstanceOf(Date);
  });

  test("a session outlives its hour for ending, and for nothing else", async () => {
    const { visitId } = await makeVisit(deps);
    const patient = await joinAs(deps, visitId, "patient");
    const { sessionToken } = patient.started.visitSession;
    expect(granted(await visitSession(deps, { sessionToken })).party).toBe("patient");
    deps.clock.advance(3601);
    expect(refusalOf(await visitSession(deps, { sessionToken }))).toBe("SESSION_INVALID");
    const seat = { visitId, seatId: patient.started.seatId, origin };
    expect(granted(await renewVisitSession(deps, { ...seat, holder: patient.holder })).expiresIn).toBe(3600);
    expect(refusalOf(await renewVisitSession(deps, { ...seat, holder: "somebody else" }))).toBe(
      "SEAT_UNKNOWN",
    );
    expect(granted(await end(visitId, patient)).status).toBe("COMPLETED");
  });
});

describe("who holds a seat", () => {
  test("the browser that spent the link, and no other", async () => {
    const { visitId, patient } = await bothInside(deps);
    const seat = { visitId, seatId: patient.started.seatId, origin };
    expect(granted(await seatHolder(deps, { ...seat, holder: patient.holder })).party).toBe("patient");
    for (const wrong of [{ holder: "other" }, { holder: "" }, { holder: patient.holder, seatId: "nonsense" }])
      expect(refusalOf(await seatHolder(deps, { ...seat, ...wrong }))).toBe("SEAT_UNKNOWN");
    const elsewhere = (await makeVisit(deps)).visitId;
    expect(refusalOf(await seatHolder(deps, { ...seat, visitId: elsewhere, holder: patient.holder }))).toBe(
      "SEAT_UNKNOWN",
    );
  });
});

describe("what everybody forgot", () => {
  test("an empty visit is completed after its window, as of when it was last alive; one with somebody inside goes on", async () => {
    const empty = await bothInside(deps);
    const busy = await bothInside(deps);
    const unjoined = await makeVisit(deps);
    deps.clock.advance(51 * 60);
    await seen(busy.visitId, busy.clinician);
    await sweepStale(deps);
    const closed = await visitRow(deps.db, empty.visitId);
    expect(closed.endReason).toBe("window-closed");
    expect(closed.endedAt!.getTime()).toBeLessThan(deps.clock.now().getTime() - 40 * 60_000);
    expect((await visitRow(deps.db, busy.visitId)).endedAt).toBeNull();
    expect((await visitRow(deps.db, unjoined.visitId)).noShowAt).toBeNull();
    deps.clock.advance(4 * 3600);
    await sweepStale(deps);
    expect((await visitRow(deps.db, unjoined.visitId)).noShowAt).toBeInstanceOf(Date);
    const seats = await deps.db.asActor(system, (tx) =>
      tx.select().from(visitSeats).where(eq(visitSeats.visitId, empty.visitId)),
    );
    expect(seats.every((seat) => seat.leftAt)).toBe(true);
  });
});
