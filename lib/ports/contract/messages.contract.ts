import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type E164, parsePhone } from "@/lib/kernel/phone";
import type { Mailer } from "../mailer";
import type { Texter } from "../texter";

/** What a person finds in their inbox, newest first. How it is read depends on the adapter under test. */
export type Delivered = { to: string; subject?: string; text: string; attachments: string[] };

export function texterContract(
  open: () => Promise<{ texter: Texter; inbox: (to: string) => Promise<Delivered[]> }>,
): void {
  describe("a texter", () => {
    test("what is sent arrives, word for word", async () => {
      const { texter, inbox } = await open();
      const to = parsePhone("+15550104321") as E164;
      const body = `Your video visit with Dr. Jane starts at 3:00 PM.\nTap to join: http://visit.test/j/${randomUUID().slice(0, 8)}`;
      const sent = await texter.send({ key: randomUUID(), to, body });
      expect(sent.ok && sent.value.messageId).toBeTruthy();
      expect((await inbox(to))[0]?.text).toBe(body);
    });
  });
}

export function mailerContract(
  open: () => Promise<{ mailer: Mailer; inbox: (to: string) => Promise<Delivered[]> }>,
): void {
  describe("a mailer", () => {
    test("text and calendar arrive, special letters whole", async () => {
      const { mailer, inbox } = await open();
      const to = `walter+${randomUUID().slice(0, 8)}@example.com`;
      const sent = await mailer.send({
        key: randomUUID(),
        to,
        senderName: "Linden Street Clinic",
        subject: "Your video visit on November 23",
        text: "Señora, your visit with Dr. Jane. ✓",
        html: "<p>Se&ntilde;ora, your visit with Dr. Jane. ✓</p>",
        calendar: {
          method: "REQUEST",
          content: "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n",
        },
        moreCalendars: [
          {
            filename: "all-visits.ics",
            method: "PUBLISH",
            content: "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n",
          },
        ],
      });
      expect(sent.ok && sent.value.messageId).toBeTruthy();
      const [mail] = await inbox(to);
      expect(mail?.subject).toBe("Your video visit on November 23");
      expect(mail?.text).toContain("Señora, your visit with Dr. Jane. ✓");
      expect(mail?.attachments).toContain("visit.ics");
      expect(mail?.attachments).toContain("all-visits.ics");
    });

    test("an address that cannot be is refused, and nothing else is", async () => {
      const { mailer } = await open();
      const sent = await mailer.send({
        key: randomUUID(),
        to: "no address",
        senderName: "Linden Street Clinic",
        subject: "s",
        text: "t",
        html: "<p>t</p>",
      });
      expect(sent).toMatchObject({ ok: false, error: { code: "MAILER_REJECTED" } });
    });
  });
}
