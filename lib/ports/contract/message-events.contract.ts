import { randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { type E164, parsePhone } from "@/lib/kernel/phone";
import type { Mailer } from "../mailer";
import type { MessageEvent } from "../message-events";
import type { Texter } from "../texter";

export type EventsUnderTest = {
  texter: Texter;
  mailer: Mailer;
  /** Everything that was read and believed so far. */
  events: () => MessageEvent[];
  /** Somebody writes to our number. */
  write: (from: string, body: string) => Promise<void>;
};

/** What the provider tells must find its way back to what was sent: by the key that went with it. */
export function messageEventsContract(open: () => Promise<EventsUnderTest>): void {
  describe("a provider tells, in its own time", () => {
    const told = async ({ events }: EventsUnderTest, key: string) => {
      await vi.waitFor(
        () => expect(events().some((one) => one.kind === "delivery" && one.key === key)).toBe(true),
        {
          timeout: 10_000,
        },
      );
      return events().find((one) => one.kind === "delivery" && one.key === key);
    };
    const mail = (to: string) => ({
      key: randomUUID(),
      to,
      senderName: "Linden Street Clinic",
      subject: "Your visit",
      text: "Soon.",
      html: "<p>Soon.</p>",
    });

    test.each([
      ["+15550104321", "delivered"],
      ["+15550100404", "bounced"],
      ["+15550100403", "undeliverable"],
    ])("of a text to %s: %s", async (number, outcome) => {
      const under = await open();
      const key = randomUUID();
      const sent = await under.texter.send({ key, to: parsePhone(number) as E164, body: "Soon." });
      expect(await told(under, key)).toMatchObject({
        outcome,
        providerMessageId: sent.ok ? sent.value.messageId : "none",
      });
    });

    test.each([
      ["walter@example.com", "delivered"],
      ["bounce@simulator.amazonses.com", "bounced"],
      ["full+1@example.com", "undeliverable"],
      ["complaint@simulator.amazonses.com", "undeliverable"],
    ])("of a mail to %s: %s", async (address, outcome) => {
      const under = await open();
      const message = mail(address);
      const sent = await under.mailer.send(message);
      expect(await told(under, message.key)).toMatchObject({
        outcome,
        providerMessageId: sent.ok ? sent.value.messageId : "none",
      });
    });

    test("that somebody wrote back, word for word", async () => {
      const under = await open();
      await under.write("+15550104321", "¿Ayuda? ✓");
      await vi.waitFor(
        () =>
          expect(under.events()).toContainEqual({
            kind: "inbound-text",
            from: "+15550104321",
            to: "+15550100100",
            body: "¿Ayuda? ✓",
          }),
        { timeout: 10_000 },
      );
    });
  });
}
