import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { linkCodes, outbox } from "@/db/schema";
import { system } from "@/db/testing/people";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { endVisit } from "./end-visit";
import { issueJoinLinks } from "./issue-join-links";
import { lookAtDoor } from "./look-at-door";
import { lookAtToken } from "./look-at-token";
import { notifyParties } from "./notify-parties";
import { resendLink } from "./resend-link";
import { resolveShortCode } from "./resolve-short-code";
import { startVisit } from "./start-visit";
import {
  codeIn,
  eventsOf,
  givenVisits,
  granted,
  joinAs,
  linkOf,
  makePersons,
  makeVisit,
  origin,
  refusalOf,
  scheduler,
  type TestDeps,
} from "./testing";

const deps = givenVisits();
beforeEach(() => {
  deps.clock.reset();
  deps.texter.sent.length = 0;
  deps.mailer.sent.length = 0;
});

const door = async (code: string, browserId = "") =>
  granted(await lookAtDoor(deps, { code, browserId, origin }));
const linkInText = () => /http\S+/.exec(deps.texter.sent.at(-1)?.body ?? "")?.[0] ?? "";
const outboxOf = (visitId: string) =>
  deps.db.asActor(system, (tx) => tx.select().from(outbox).where(eq(outbox.visitId, visitId)));
async function deliverAll() {
  while ((await deliverDue(deps)) > 0);
}

describe("links", () => {
  test("are the seed's: token, short link, expiry, id; without a lifetime they last until the window closes", async () => {
    const { visitId } = await makeVisit(deps);
    const links = granted(
      await issueJoinLinks(deps, { actor: scheduler, visitId, roles: ["patient", "clinician"] }),
    );
    expect(links.patient?.link).toMatch(/^http:\/\/visit\.test\/j\/[a-z0-9]{8}$/);
    expect(links.patient?.token.split(".")).toHaveLength(3);
    expect(links.patient?.tokenId).not.toBe(links.clinician?.tokenId);
    expect(Date.parse(links.patient?.expiresAt ?? "") - deps.clock.now().getTime()).toBeGreaterThan(
      49 * 60_000,
    );
    expect(links.warnings).toEqual([]);
  });

  test("a lifetime that ends before the visit begins is honoured, with a warning", async () => {
    const { visitId } = await makeVisit(deps, { inMinutes: 60 });
    const asked = { actor: scheduler, visitId, roles: ["patient"] as const, ttlMinutes: 20 };
    const links = granted(await issueJoinLinks(deps, asked));
    expect(links.warnings).toEqual(["LINK_ENDS_BEFORE_VISIT"]);
    const look = granted(await lookAtToken(deps, { token: links.patient!.token, origin }));
    expect(look).toMatchObject({
      valid: true,
      visit: { visitId, clinicianName: "Jane", duration: 30 },
      warnings: links.warnings,
    });
    expect(look.expiresIn).toBeGreaterThan(1195);
    expect(look.expiresIn).toBeLessThanOrEqual(1200);
  });

  test("a new link shuts that party's older, unused one; the other party's goes on, and so does who is inside", async () => {
    const { visitId } = await makeVisit(deps);
    const patient = await joinAs(deps, visitId, "patient");
    const unused = await linkOf(deps, visitId, "patient");
    const clinician = await linkOf(deps, visitId, "clinician");
    await linkOf(deps, visitId, "patient");
    expect((await door(codeIn(unused.link))).kind).toBe("revoked");
    expect((await door(codeIn(clinician.link))).kind).toBe("ready");
    expect((await patient.again()).ok).toBe(true);
  });

  test("a look spends nothing, however often; the first one is recorded once", async () => {
    const { visitId } = await makeVisit(deps);
    const { link, token } = await linkOf(deps, visitId, "patient");
    for (let looks = 0; looks < 20; looks++) expect((await door(codeIn(link))).kind).toBe("ready");
    expect((await eventsOf(deps.db, visitId)).filter((event) => event === "TOKEN_OPENED")).toHaveLength(1);
    expect((await startVisit(deps, { visitId, token, holder: "h", origin })).ok).toBe(true);
  });

  test("a code leads to its token, for who has the code", async () => {
    const { visitId } = await makeVisit(deps);
    const { link, token } = await linkOf(deps, visitId, "patient");
    expect(granted(await resolveShortCode(deps, { code: codeIn(link), origin })).token).toBe(token);
    expect(await eventsOf(deps.db, visitId)).toContain("LINK_RESOLVED");
    expect(refusalOf(await resolveShortCode(deps, { code: "zzzzzzzz", origin }))).toBe("CODE_UNKNOWN");
  });

  test("only what looks like guessing counts as guessing", async () => {
    const { visitId } = await makeVisit(deps);
    const { link, token } = await linkOf(deps, visitId, "patient");
    granted(await startVisit(deps, { visitId, token, holder: "mine", origin }));
    deps.guessLimits.misses.length = 0;
    await startVisit(deps, { visitId, token, holder: "other", origin });
    expect((await door(codeIn(link), "other")).kind).toBe("used");
    expect(deps.guessLimits.misses).toEqual([]);
    expect((await door("zzzzzzzz")).kind).toBe("unknown");
    await lookAtToken(deps, { token: `${token.slice(0, -8)}AAAAAAAA`, origin });
    expect(deps.guessLimits.misses).toEqual(["zzzzzzzz", ""]);
    deps.guessLimits.limited = true;
    expect(await door(codeIn(link))).toMatchObject({ kind: "limited", retryAfterSeconds: 60 });
    expect(refusalOf(await startVisit(deps, { visitId, token, holder: "mine", origin }))).toBe(
      "GUESS_LIMITED",
    );
    deps.guessLimits.limited = false;
  });
});

describe("the door", () => {
  test("says the clinician's first name, the reader's zone, and nothing of the patient", async () => {
    const { visitId } = await makeVisit(deps, { chiefComplaint: "Headache" });
    const { link } = await linkOf(deps, visitId, "patient");
    const seen = await door(codeIn(link));
    expect(seen).toMatchObject({
      kind: "ready",
      party: "patient",
      resumable: false,
      visit: {
        clinicianName: "Jane",
        clinicianTitle: "Dr.",
        timeZone: "America/New_York",
        status: "SCHEDULED",
      },
      clinic: { phone: "+15550100199" },
    });
    for (const secret of ["Walter", "Greene", "Headache", "Okafor"])
      expect(JSON.stringify(seen)).not.toContain(secret);
  });

  test("the browser that joined may come back in; another one is told that the link was used", async () => {
    const { visitId } = await makeVisit(deps);
    const { link, token } = await linkOf(deps, visitId, "patient");
    granted(await startVisit(deps, { visitId, token, holder: "mine", origin }));
    expect(await door(codeIn(link), "mine")).toMatchObject({ kind: "ready", resumable: true });
    expect(await door(codeIn(link), "other")).toMatchObject({ kind: "used", canResend: true });
    expect(await door(codeIn(link))).toMatchObject({ kind: "used" });
    expect(refusalOf(await lookAtToken(deps, { token, origin }))).toBe("TOKEN_REUSED");
    expect(granted(await lookAtToken(deps, { token, holder: "mine", origin })).warnings).toEqual([
      "ALREADY_JOINED_HERE",
    ]);
  });

  test("an expired link offers a new one until the visit's window has closed", async () => {
    const { visitId } = await makeVisit(deps, { inMinutes: 60 });
    const { link } = await linkOf(deps, visitId, "patient", 1);
    deps.clock.advance(5 * 60);
    expect(await door(codeIn(link))).toMatchObject({ kind: "expired", canResend: true });
    deps.clock.advance(2 * 3600);
    expect(await door(codeIn(link))).toMatchObject({ kind: "expired", canResend: false });
  });

  test("after the visit it says that the visit is over, to both", async () => {
    const { visitId } = await makeVisit(deps);
    const patient = await joinAs(deps, visitId, "patient");
    const { link } = await linkOf(deps, visitId, "clinician");
    granted(await endVisit(deps, { visitId, origin, actor: scheduler }));
    expect(await door(codeIn(link))).toMatchObject({ kind: "ended", canResend: false });
    expect(refusalOf(await lookAtToken(deps, { token: patient.token, holder: patient.holder, origin }))).toBe(
      "VISIT_ENDED",
    );
  });
});

describe("notifying", () => {
  test("answers as the seed does, masked; the link that was issued stays good and is the one that is sent", async () => {
    const { visitId } = await makeVisit(deps);
    const { link, token } = await linkOf(deps, visitId, "patient");
    const answer = granted(
      await notifyParties(deps, { actor: scheduler, visitId, channel: "both", recipientRole: "both" }),
    );
    expect(answer.sent.sms).toMatchObject({
      to: expect.stringMatching(/^\*{3}-\*{3}-\d{4}$/),
      status: "queued",
      provider: "sns",
    });
    expect(answer.sent.email?.to).toMatch(/^w\*{3}@example\.com$/);
    expect(answer.deliveryTracking.smsTrackingId).toBe(answer.sent.sms?.messageId);
    expect(answer.recipients.map(({ role }) => role)).toEqual(["patient", "clinician"]);
    expect(answer.recipients[1]).not.toHaveProperty("sms"); // staff have no telephone number on file
    await deliverAll();
    expect(linkInText()).toBe(link);
    expect(deps.mailer.sent).toHaveLength(2);
    expect((await lookAtToken(deps, { token, origin })).ok).toBe(true);
  });

  test("a reminder carries the same link; after it was spent, the next message brings a new one", async () => {
    const { visitId } = await makeVisit(deps, { channel: "sms" });
    granted(await notifyParties(deps, { actor: scheduler, visitId }));
    await deliverAll();
    const first = linkInText();
    granted(await notifyParties(deps, { actor: scheduler, visitId, template: "reminder" }));
    await deliverAll();
    expect(linkInText()).toBe(first);
    granted(await startVisit(deps, { visitId, code: codeIn(first), holder: "h", origin }));
    granted(await notifyParties(deps, { actor: scheduler, visitId }));
    await deliverAll();
    expect(linkInText()).not.toBe(first);
    expect((await startVisit(deps, { visitId, code: codeIn(first), holder: "h", origin })).ok).toBe(true);
  });

  test("with nothing on file, it says so and sends nothing", async () => {
    const persons = await makePersons(deps.db, { phone: null, email: null });
    const { visitId } = await makeVisit(deps, { persons });
    expect(refusalOf(await notifyParties(deps, { actor: scheduler, visitId }))).toBe("NO_CONTACT");
    expect(await outboxOf(visitId)).toEqual([]);
  });

  test("what is sent is wiped from the outbox, and a spent link's code from the database", async () => {
    const { visitId } = await makeVisit(deps);
    granted(await notifyParties(deps, { actor: scheduler, visitId }));
    const waiting = await outboxOf(visitId);
    expect(waiting.every((row) => row.payload && !row.payload.includes("visit.test"))).toBe(true);
    await deliverAll();
    expect((await outboxOf(visitId)).map((row) => row.payload)).toEqual([null, null]);
    const voucherId = waiting[0]!.voucherId!;
    const code = codeIn(linkInText());
    granted(await startVisit(deps, { visitId, code, holder: "h", origin }));
    const kept = await deps.db.asActor(system, (tx) =>
      tx.select().from(linkCodes).where(eq(linkCodes.voucherId, voucherId)),
    );
    expect(kept).toEqual([]);
  });
});

describe("delivering", () => {
  async function oneText() {
    const { visitId } = await makeVisit(deps, { channel: "sms" });
    granted(await notifyParties(deps, { actor: scheduler, visitId }));
    return visitId;
  }
  const stateOf = async (visitId: string) => (await outboxOf(visitId))[0]!;

  test("several workers at once send each message once", async () => {
    const made = await Promise.all(Array.from({ length: 10 }, oneText));
    await Promise.all(Array.from({ length: 6 }, () => deliverAll()));
    expect(deps.texter.sent).toHaveLength(10);
    expect(new Set(deps.texter.sent.map(({ key }) => key)).size).toBe(10);
    for (const visitId of made) expect((await stateOf(visitId)).sentAt).toBeInstanceOf(Date);
  });

  test("a throttled provider is tried again later, with the same key", async () => {
    const visitId = await oneText();
    deps.texter.refuse({ code: "TEXTER_THROTTLED", retryAfterMs: 2_000 });
    await deliverAll();
    expect(await stateOf(visitId)).toMatchObject({
      sentAt: null,
      failedAt: null,
      failure: "TEXTER_THROTTLED",
      attempts: 1,
    });
    deps.clock.advance(10);
    await deliverAll();
    expect((await stateOf(visitId)).sentAt).toBeInstanceOf(Date);
    expect(await eventsOf(deps.db, visitId)).toEqual(
      expect.arrayContaining(["NOTIFICATION_QUEUED", "NOTIFICATION_SENT"]),
    );
  });

  test("a number that opted out is a failure at once, and recorded", async () => {
    const visitId = await oneText();
    deps.texter.refuse({ code: "TEXTER_OPTED_OUT" });
    await deliverAll();
    expect(await stateOf(visitId)).toMatchObject({
      failedAt: expect.any(Date),
      failure: "TEXTER_OPTED_OUT",
      payload: null,
    });
    expect(await eventsOf(deps.db, visitId)).toContain("NOTIFICATION_FAILED");
  });

  test("a worker that dies with a message in hand lets go of it, and it is sent with the same key", async () => {
    const visitId = await oneText();
    const dead = { ...deps, db: { ...deps.db, asActor: dyingAfter(1) } };
    await expect(deliverDue(dead)).rejects.toThrow("dead");
    expect(deps.texter.sent).toHaveLength(0);
    await deliverAll();
    expect(deps.texter.sent).toHaveLength(0); // still claimed
    deps.clock.advance(31);
    await deliverAll();
    expect(deps.texter.sent.map(({ key }) => key)).toEqual([(await stateOf(visitId)).id]);
  });

  test("a link that was revoked before its message went is not sent", async () => {
    const visitId = await oneText();
    await linkOf(deps, visitId, "patient");
    await deliverAll();
    expect(deps.texter.sent).toEqual([]);
    expect(await stateOf(visitId)).toMatchObject({ failure: "LINK_REVOKED" });
  });

  /** A database that answers so many transactions and then is gone. */
  function dyingAfter(count: number): TestDeps["db"]["asActor"] {
    let left = count;
    return (actor, work) => (left-- > 0 ? deps.db.asActor(actor, work) : Promise.reject(new Error("dead")));
  }
});

describe("a new link on request", () => {
  test("goes to the contact on file for who shows the old one, used or expired; the answer shows no link", async () => {
    const { visitId } = await makeVisit(deps, { channel: "sms" });
    const { link, token } = await linkOf(deps, visitId, "patient");
    granted(await startVisit(deps, { visitId, token, holder: "mine", origin }));
    for (const proof of [{ code: codeIn(link) }, { token }]) {
      const answer = granted(await resendLink(deps, { visitId, proof, origin }));
      expect(answer).toMatchObject({
        status: "queued",
        role: "patient",
        sent: { sms: { status: "queued" } },
      });
      expect(JSON.stringify(answer)).not.toContain("/j/");
      await deliverAll();
      expect((await door(codeIn(linkInText()))).kind).toBe("ready");
    }
    // Who is inside stays inside.
    expect((await startVisit(deps, { visitId, token, holder: "mine", origin })).ok).toBe(true);
    expect(await eventsOf(deps.db, visitId)).toContain("LINK_RESENT");
  });

  test("three an hour, however they are asked for, and then the fourth", async () => {
    const { visitId } = await makeVisit(deps, { inMinutes: 300 });
    const { token } = await linkOf(deps, visitId, "patient");
    const bySelf = () => resendLink(deps, { visitId, proof: { token }, origin });
    const byStaff = () => resendLink(deps, { visitId, actor: scheduler, role: "patient" });
    granted(await bySelf());
    deps.clock.advance(60);
    const both = await Promise.all([byStaff(), bySelf(), byStaff()]);
    expect(both.map(refusalOf).sort()).toEqual(["RESEND_LIMITED", null, null]);
    const refused = await byStaff();
    expect(refused).toMatchObject({ ok: false, error: { code: "RESEND_LIMITED" } });
    const wait = !refused.ok && refused.error.code === "RESEND_LIMITED" ? refused.error.retryAfterSeconds : 0;
    expect(wait).toBeGreaterThan(3500);
    expect(granted(await resendLink(deps, { visitId, actor: scheduler, role: "clinician" })).role).toBe(
      "clinician",
    );
    deps.clock.advance(wait);
    expect((await bySelf()).ok).toBe(true);
  });

  test("is refused to who proves nothing, for another visit, and for one that is over", async () => {
    const { visitId } = await makeVisit(deps);
    const { token } = await linkOf(deps, visitId, "patient");
    const other = await makeVisit(deps);
    expect(refusalOf(await resendLink(deps, { visitId, proof: { code: "zzzzzzzz" }, origin }))).toBe(
      "CODE_UNKNOWN",
    );
    expect(refusalOf(await resendLink(deps, { visitId: other.visitId, proof: { token }, origin }))).toBe(
      "TOKEN_INVALID",
    );
    const patient = await joinAs(deps, other.visitId, "patient");
    granted(await endVisit(deps, { visitId: other.visitId, origin, actor: scheduler }));
    const late = await resendLink(deps, { visitId: other.visitId, proof: { token: patient.token }, origin });
    expect(refusalOf(late)).toBe("VISIT_ENDED");
  });
});
