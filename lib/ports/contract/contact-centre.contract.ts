import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ContactCentre } from "../contact-centre";

/** What every ContactCentre keeps. */
export function contactCentreContract(open: () => Promise<ContactCentre>): void {
  const request = () => ({
    clientToken: randomUUID(),
    flow: "video" as const,
    displayName: "Visitor 7K",
    attributes: { visit_ref: randomUUID() },
    video: true,
  });

  async function started(centre: ContactCentre) {
    const contact = await centre.startWebRtcContact(request());
    if (!contact.ok) throw new Error(contact.error.code);
    return contact.value;
  }

  describe("a contact centre", () => {
    test("a contact comes with a meeting and an attendee to join it with", async () => {
      const contact = await started(await open());
      expect(contact.contactId).not.toBe("");
      expect(contact.participantToken).not.toBe("");
      expect(contact.meeting.mediaPlacement.signalingUrl).toMatch(/^wss?:/);
      expect(contact.attendee.joinToken).not.toBe("");
    });

    test("the same client token is the same contact: a lost answer costs no second call", async () => {
      const centre = await open();
      const once = request();
      const [a, b] = [await centre.startWebRtcContact(once), await centre.startWebRtcContact(once)];
      expect(a.ok && b.ok && a.value.contactId === b.value.contactId).toBe(true);
      expect(a.ok && b.ok && a.value.meeting.meetingId === b.value.meeting.meetingId).toBe(true);
    });

    test("what was started can be described, given attributes, and stopped; stopping twice is done once", async () => {
      const centre = await open();
      const { contactId } = await started(centre);
      expect(await centre.describeContact(contactId)).toMatchObject({
        ok: true,
        value: { initiationMethod: "WEBRTC_API", disconnectedAt: null },
      });
      expect((await centre.updateAttributes(contactId, { step: "two" })).ok).toBe(true);
      for (const _ of [1, 2]) expect((await centre.stopContact(contactId)).ok).toBe(true);
      const after = await centre.describeContact(contactId);
      expect(after.ok && after.value.disconnectedAt).toBeInstanceOf(Date);
    });

    test("keys are taken as long as it lasts; and its place in line is a number or none", async () => {
      const centre = await open();
      const { contactId, participantToken } = await started(centre);
      expect(await centre.placeInLine(contactId)).toEqual({
        ok: true,
        value: expect.toBeOneOf([null, expect.objectContaining({ position: expect.any(Number) })]),
      });
      for (const keys of ["12", "#"])
        expect(await centre.pressKeys(participantToken, keys)).toEqual({ ok: true, value: undefined });
      await centre.stopContact(contactId);
      expect(await centre.pressKeys(participantToken, "1")).toEqual({
        ok: false,
        error: { code: "CONTACT_ENDED" },
      });
      expect(await centre.pressKeys(randomUUID(), "1")).toEqual({
        ok: false,
        error: { code: "CONTACT_ENDED" },
      });
    });

    test("it says when it is open, by the wall clocks of one place, and how the line is; or that nobody told it of which", async () => {
      const centre = await open();
      expect(await centre.openingHours({ from: "2026-11-23", to: "2026-11-25" })).toEqual({
        ok: true,
        value: expect.toBeOneOf([null, { timeZone: expect.any(String), spans: expect.any(Array) }]),
      });
      const number = expect.toBeOneOf([null, expect.any(Number)]);
      expect(await centre.lineNow()).toEqual({
        ok: true,
        value: expect.toBeOneOf([null, { agentsStaffed: number, waitSeconds: number }]),
      });
    });

    test("nobody takes calls by a name that nobody has", async () => {
      expect(await (await open()).findAgent(randomUUID())).toEqual({ ok: true, value: null });
    });

    test("an unknown contact is said to be unknown", async () => {
      expect(await (await open()).describeContact(randomUUID())).toEqual({
        ok: false,
        error: { code: "CONTACT_UNKNOWN" },
      });
    });
  });
}
