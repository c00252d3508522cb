import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { visitGuests, visitSeats, vouchers } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { everyCapability, noCapability, onlyReceives } from "@/lib/ports/meetings";
import { admitParty } from "./admit-party";
import { cancelVisit } from "./cancel-visit";
import { letShare, letSpeak } from "./change-rights";
import { endVisit } from "./end-visit";
import { getVisit } from "./get-visit";
import { inviteGuest } from "./invite-guest";
import { listGuests } from "./list-guests";
import { lookAtDoor } from "./look-at-door";
import { removeParty } from "./remove-party";
import { rescheduleVisit } from "./reschedule-visit";
import { resendLink } from "./resend-link";
import { startVisit } from "./start-visit";
import {
  codeIn,
  eventsOf,
  givenVisits,
  granted,
  joinAs,
  joinAsGuest,
  makeVisit,
  origin,
  refusalOf,
  scheduler,
  visitRow,
} from "./testing";
import { capabilitiesIn, type Joined, seenBy } from "./testing-scenes";
import { uninviteGuest } from "./uninvite-guest";

const deps = givenVisits();

const capabilities = (joined: Joined) => capabilitiesIn(deps, joined);
const seen = (visitId: string, joined: Joined) => seenBy(deps, visitId, joined);
const invite = (visitId: string, more: object = {}) =>
  inviteGuest(deps, { actor: scheduler, visitId, role: "caregiver", name: "Ana", ...more });
const end = (visitId: string, { started }: Joined) =>
  endVisit(deps, { visitId, origin, sessionToken: started.visitSession.sessionToken });
async function inVisit() {
  const made = await makeVisit(deps);
  const { visitId } = made;
  return {
    ...made,
    patient: await joinAs(deps, visitId, "patient"),
    clinician: await joinAs(deps, visitId, "clinician"),
  };
}

/** Who was let in speaks; a screen needs the clinician's leave as well. */
const withoutScreen = { ...everyCapability, content: "Receive" };

describe("who is asked to a visit", () => {
  test("gets a link of their own by text and mail, in words that name no patient", async () => {
    const { visitId } = await makeVisit(deps);
    deps.texter.sent.length = 0;
    deps.mailer.sent.length = 0;
    const invited = granted(await invite(visitId, { phone: "+15550104444", email: "ana@example.com" }));
    while ((await deliverDue(deps)) > 0);
    expect(deps.texter.sent).toHaveLength(1);
    expect(deps.texter.sent[0]).toMatchObject({ to: "+15550104444" });
    expect(deps.texter.sent[0]?.body).toContain(invited.link.link);
    const said = JSON.stringify([deps.texter.sent, deps.mailer.sent]);
    expect(said).not.toMatch(/Walter|Greene/);
    expect(granted(await listGuests(deps, { actor: scheduler, visitId })).guests).toEqual([
      expect.objectContaining({
        role: "caregiver",
        name: "Ana",
        phone: expect.stringMatching(/4444$/),
        link: "ISSUED",
      }),
    ]);
    expect(JSON.stringify(await listGuests(deps, { actor: scheduler, visitId }))).not.toContain("5550104444");
    expect(await eventsOf(deps.db, visitId)).toContain("GUEST_INVITED");
  });

  test("is one of at most four, however many schedulers press at once", async () => {
    const { visitId } = await makeVisit(deps);
    const answers = await Promise.all(Array.from({ length: 7 }, () => invite(visitId)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(4);
    expect(new Set(answers.map(refusalOf))).toEqual(new Set([null, "GUESTS_FULL"]));
  });

  test("is asked by staff of the visit only, and not where the desk answers", async () => {
    const { visitId, patientId } = await makeVisit(deps);
    const asked = (actor: Parameters<typeof inviteGuest>[1]["actor"]) =>
      inviteGuest(deps, { actor, visitId, role: "student", name: "X" });
    expect(refusalOf(await asked(person(randomUUID(), "clinician")))).toBe("VISIT_UNKNOWN");
    expect(refusalOf(await asked(person(patientId, "customer")))).toBe("VISIT_UNKNOWN");
    const { actor } = await joinAs(deps, visitId, "patient");
    expect(refusalOf(await asked(actor))).toBe("FORBIDDEN");
    const atDesk = await makeVisit(deps, { route: "connect" });
    expect(refusalOf(await invite(atDesk.visitId))).toBe("GUESTS_NEED_MEETING");
  });

  test("is told of a new time with a new link, and of a cancellation without", async () => {
    const { visitId } = await makeVisit(deps, { inMinutes: 600 });
    const first = granted(await invite(visitId, { phone: "+15550104445" }));
    deps.texter.sent.length = 0;
    const scheduledAt = new Date(deps.clock.now().getTime() + 720 * 60_000);
    granted(await rescheduleVisit(deps, { actor: scheduler, visitId, scheduledAt }));
    while ((await deliverDue(deps)) > 0);
    const moved = deps.texter.sent.find(({ to, body }) => to === "+15550104445" && /moved/.test(body));
    const link = /http\S+/.exec(moved?.body ?? "")?.[0] ?? "";
    expect(link).not.toBe(first.link.link);
    const door = await lookAtDoor(deps, { code: codeIn(link), browserId: "", origin });
    expect(granted(door)).toMatchObject({ kind: "ready", party: "caregiver" });
    granted(await cancelVisit(deps, { actor: scheduler, visitId }));
    while ((await deliverDue(deps)) > 0);
    const off = deps.texter.sent.filter(({ to }) => to === "+15550104445").at(-1);
    expect(off?.body).toMatch(/cancelled/);
    expect(off?.body).not.toMatch(/\/j\//);
  });

  test("can have a new link sent to the contact on file, and nobody else's ends by it", async () => {
    const { visitId } = await makeVisit(deps);
    const ana = granted(await invite(visitId, { phone: "+15550104446" }));
    const other = granted(await invite(visitId, { name: "Ben", phone: "+15550104447" }));
    const code = codeIn(ana.link.link);
    granted(await resendLink(deps, { visitId, proof: { code }, origin }));
    const kind = async (link: string) =>
      granted(await lookAtDoor(deps, { code: codeIn(link), browserId: "", origin })).kind;
    expect(await kind(ana.link.link)).toBe("revoked");
    expect(await kind(other.link.link)).toBe("ready");
  });
});

describe("nobody comes along with another", () => {
  test("a guest hears and sees nothing until the clinician lets in that very seat", async () => {
    const { visitId, clinician, patient } = await inVisit();
    const maria = await joinAsGuest(deps, visitId, "interpreter");
    expect(maria.started.admitted).toBe(false);
    expect(capabilities(maria)).toEqual(noCapability);
    // "Let in whoever waits" means the patient.
    expect(granted(await admitParty(deps, { actor: clinician.actor, visitId })).admitted).toEqual([
      patient.started.seatId,
    ]);
    expect(capabilities(maria)).toEqual(noCapability);
    granted(await admitParty(deps, { actor: clinician.actor, visitId, seatId: maria.started.seatId }));
    expect(capabilities(maria)).toEqual(withoutScreen);
  });

  test("a guest admits, removes and ends nothing: neither by the page's requests nor by the rows it could reach", async () => {
    const { visitId, patient } = await inVisit();
    const { actor, started } = await joinAsGuest(deps, visitId, "caregiver");
    const { seatId } = started;
    expect(refusalOf(await admitParty(deps, { actor, visitId, seatId }))).toBe("FORBIDDEN");
    expect(refusalOf(await removeParty(deps, { actor, visitId, seatId: patient.started.seatId }))).toBe(
      "FORBIDDEN",
    );
    expect(refusalOf(await letSpeak(deps, { actor, visitId, seatId, maySpeak: true }))).toBe("FORBIDDEN");
    const changed = (statement: ReturnType<typeof sql>) =>
      deps.db.asActor(actor, async (tx) => (await tx.execute(statement)).count);
    expect(await changed(sql`UPDATE visit_seats SET removed_at = now() WHERE voucher_id <> ${seatId}`)).toBe(
      0,
    );
    await expect(
      changed(
        sql`INSERT INTO visit_seats (voucher_id, visit_id, party, admitted_at) SELECT ${seatId}, ${visitId}, 'clinician', now()`,
      ),
    ).rejects.toThrow();
    await expect(
      changed(sql`UPDATE visit_seats SET party = 'clinician', guest_id = NULL WHERE voucher_id = ${seatId}`),
    ).rejects.toThrow();
    await expect(changed(sql`UPDATE visit_guests SET role = 'caregiver'`)).rejects.toThrow();
    expect(await changed(sql`UPDATE visit_guests SET revoked_at = now()`)).toBe(0);
  });

  test("a guest who hangs up last leaves; the visit is the patient's and the clinician's to end", async () => {
    const { visitId } = await makeVisit(deps);
    const alone = await joinAsGuest(deps, visitId, "caregiver");
    expect(granted(await end(visitId, alone))).toMatchObject({ status: "ACTIVE", endedAt: null });
    expect((await visitRow(deps.db, visitId)).endedAt).toBeNull();
  });

  test("whoever was taken out stays out, with every link they had, once they are uninvited", async () => {
    const { visitId, clinician } = await inVisit();
    const guest = await joinAsGuest(deps, visitId, "student", "Tom");
    granted(await admitParty(deps, { actor: clinician.actor, visitId, seatId: guest.started.seatId }));
    granted(await uninviteGuest(deps, { actor: scheduler, visitId, guestId: guest.guestId }));
    expect(capabilities(guest)).toBeNull();
    expect(refusalOf(await guest.again())).toBe("TOKEN_REVOKED");
    const rows = await deps.db.asActor(system, (tx) =>
      tx.select().from(vouchers).where(eq(vouchers.subject, guest.guestId)),
    );
    expect(rows.every(({ revokedAt }) => revokedAt !== null)).toBe(true);
    const code = codeIn(guest.link.link);
    expect(refusalOf(await resendLink(deps, { visitId, proof: { code }, origin }))).toBe("GUEST_UNKNOWN");
    expect(granted(await lookAtDoor(deps, { code, browserId: "", origin }))).toMatchObject({
      kind: "uninvited",
      canResend: false,
    });
    const { links } = granted(await getVisit(deps, { actor: scheduler, visitId }));
    expect(links.find(({ party }) => party === "student")).toMatchObject({ revoked: "uninvited" });
    expect(granted(await listGuests(deps, { actor: scheduler, visitId })).guests).toEqual([]);
    expect(refusalOf(await uninviteGuest(deps, { actor: scheduler, visitId, guestId: guest.guestId }))).toBe(
      "GUEST_UNKNOWN",
    );
    expect(await eventsOf(deps.db, visitId)).toEqual(
      expect.arrayContaining(["GUEST_UNINVITED", "PARTY_REMOVED"]),
    );
  });

  test("two guests of one role are sent new links without using up each other's", async () => {
    const { visitId } = await makeVisit(deps);
    const ana = granted(await invite(visitId, { phone: "+15550107001" }));
    const eva = granted(await invite(visitId, { name: "Eva", phone: "+15550107002" }));
    const resend = (guestId: string) => resendLink(deps, { actor: scheduler, visitId, guestId });
    for (let sent = 0; sent < 3; sent++) granted(await resend(ana.guestId));
    expect(refusalOf(await resend(ana.guestId))).toBe("RESEND_LIMITED");
    granted(await resend(eva.guestId));
  });

  test("on a visit that moved to the desk, a guest's link is refused unspent", async () => {
    const { visitId } = await makeVisit(deps);
    const { link } = granted(await invite(visitId));
    granted(await rescheduleVisit(deps, { actor: scheduler, visitId, route: "connect" }));
    const start = await startVisit(deps, { visitId, token: link.token, holder: randomUUID(), origin });
    expect(refusalOf(start)).toBe("ANSWER_AT_DESK");
  });
});

describe("a student", () => {
  test("hears and sees from admission on, and is heard only while the clinician wants it", async () => {
    const { visitId, clinician } = await inVisit();
    const tom = await joinAsGuest(deps, visitId, "student", "Tom");
    const { seatId } = tom.started;
    const speak = (maySpeak: boolean) =>
      letSpeak(deps, { actor: clinician.actor, visitId, seatId, maySpeak });
    granted(await admitParty(deps, { actor: clinician.actor, visitId, seatId }));
    expect(capabilities(tom)).toEqual(onlyReceives);
    expect((await seen(visitId, tom)).you).toMatchObject({ admitted: true, maySpeak: false });
    granted(await speak(true));
    expect(capabilities(tom)).toEqual(withoutScreen);
    expect((await seen(visitId, tom)).you.maySpeak).toBe(true);
    const screen = { actor: clinician.actor, visitId, seatId, mayShare: true };
    granted(await letShare(deps, screen));
    expect(capabilities(tom)).toEqual(everyCapability);
    granted(await speak(false));
    expect(capabilities(tom)).toEqual(onlyReceives);
    expect((await seen(visitId, tom)).you.mayShare).toBe(false);
    expect(await eventsOf(deps.db, visitId)).toEqual(
      expect.arrayContaining(["PARTY_MAY_SPEAK", "PARTY_LISTENS"]),
    );
  });

  test("who may speak before admission speaks from then on; taken out and let in again, they listen", async () => {
    const { visitId, clinician } = await inVisit();
    const tom = await joinAsGuest(deps, visitId, "student", "Tom");
    const { actor } = clinician;
    const { seatId } = tom.started;
    granted(await letSpeak(deps, { actor, visitId, seatId, maySpeak: true }));
    expect(capabilities(tom)).toEqual(noCapability);
    granted(await admitParty(deps, { actor, visitId, seatId }));
    expect(capabilities(tom)).toEqual(withoutScreen);
    granted(await removeParty(deps, { actor, visitId, seatId }));
    granted(await admitParty(deps, { actor, visitId, seatId }));
    const back = granted(await tom.again());
    const { meeting, attendee } = back.chimeJoinInfo;
    expect(deps.meetings.capabilitiesOf(meeting.meetingId, attendee.attendeeId)).toEqual(onlyReceives);
  });

  test("is silent in the cloud, too, when told to listen at the moment of an admission or of a leave", async () => {
    for (const outer of ["admitted", "lent the screen"] as const) {
      const { visitId, clinician } = await inVisit();
      const tom = await joinAsGuest(deps, visitId, "student", "Tom");
      const asked = { actor: clinician.actor, visitId, seatId: tom.started.seatId };
      granted(await letSpeak(deps, { ...asked, maySpeak: true }));
      if (outer === "lent the screen") granted(await admitParty(deps, asked));
      // All of the other's work is done while the first one's word is on its way to the cloud.
      const set = deps.meetings.setCapabilities;
      const slow = vi.spyOn(deps.meetings, "setCapabilities").mockImplementationOnce(async (...request) => {
        granted(await letSpeak(deps, { ...asked, maySpeak: false }));
        return set(...request);
      });
      if (outer === "admitted") granted(await admitParty(deps, asked));
      else granted(await letShare(deps, { ...asked, mayShare: true }));
      slow.mockRestore();
      expect(capabilities(tom)).toEqual(onlyReceives);
      expect((await seen(visitId, tom)).you).toMatchObject({ admitted: true, maySpeak: false });
    }
  });

  test("while the cloud is away nothing is said to have changed", async () => {
    const { visitId, clinician } = await inVisit();
    const tom = await joinAsGuest(deps, visitId, "student", "Tom");
    const { seatId } = tom.started;
    granted(await admitParty(deps, { actor: clinician.actor, visitId, seatId }));
    deps.meetings.faults.fail("setCapabilities", "outage");
    const asked = { actor: clinician.actor, visitId, seatId, maySpeak: true };
    expect(refusalOf(await letSpeak(deps, asked))).toBe("CLOUD_UNAVAILABLE");
    const [seat] = await deps.db.asActor(system, (tx) =>
      tx.select().from(visitSeats).where(eq(visitSeats.voucherId, seatId)),
    );
    expect(seat?.maySpeakAt).toBeNull();
    expect(refusalOf(await letSpeak(deps, { ...asked, seatId: clinician.started.seatId }))).toBe(
      "SPEAKS_ANYWAY",
    );
  });
});

describe("who sees whom", () => {
  test("all who are in see everybody by first name and role; a guest who waits sees only the clinician", async () => {
    const { visitId, patient, clinician } = await inVisit();
    const maria = await joinAsGuest(deps, visitId, "interpreter", "Maria");
    granted(await invite(visitId, { name: "Ana" }));
    const list = async (joined: Joined) =>
      (await seen(visitId, joined)).parties.map(({ name, party, state }) => `${name} ${party} ${state}`);
    const all = [
      "Patient patient waiting",
      "Dr. Jane clinician in-call",
      "Maria interpreter waiting",
      "Ana caregiver absent",
    ];
    expect(await list(patient)).toEqual(all);
    expect(await list(clinician)).toEqual(all);
    expect(await list(maria)).toEqual(["Dr. Jane clinician in-call", "Maria interpreter waiting"]);
    const { seatId } = maria.started;
    granted(await admitParty(deps, { actor: clinician.actor, visitId, seatId }));
    expect(await list(maria)).toEqual(all.map((line) => line.replace(/(Maria .*) waiting/, "$1 in-call")));
  });

  test("of two caregivers each keeps a seat of their own", async () => {
    const { visitId, clinician } = await inVisit();
    await joinAsGuest(deps, visitId, "caregiver", "Ana");
    await joinAsGuest(deps, visitId, "caregiver", "Ben");
    const names = (await seen(visitId, clinician)).parties.filter(({ party }) => party === "caregiver");
    expect(names.map(({ name, state }) => [name, state])).toEqual([
      ["Ana", "waiting"],
      ["Ben", "waiting"],
    ]);
    const rows = await deps.db.asActor(person(randomUUID(), "clinician"), (tx) =>
      tx.select().from(visitGuests).where(eq(visitGuests.visitId, visitId)),
    );
    expect(rows).toEqual([]); // another clinician's guests are nobody's business
  });
});
