import { describe, expect, test } from "vitest";
import { type MessageFacts, messageTemplates } from "./message";
import { renderMessage } from "./render";
import { displayPhone, lasting } from "./words";

const now = new Date("2026-11-23T19:40:00Z");
const facts: MessageFacts = {
  visitId: "7c1a8a5e-0000-4000-8000-000000000001",
  reader: "patient",
  clinician: { title: "Dr.", firstName: "Jane" },
  scheduledAt: "2026-11-23T20:00:00.000Z",
  durationMinutes: 30,
  timeZone: "America/New_York",
  locale: "en",
  link: { url: "http://visit.test/j/a2b3c4d5", expiresAt: "2026-11-23T20:00:00.000Z" },
  calendarSequence: 0,
  clinic: { name: "Linden Street Clinic", phone: "+15550100199" },
};
const who = { sender: "visits@clinic.test", recipient: "walter@example.com", now };
const sms = (template: (typeof messageTemplates)[number], changed: Partial<MessageFacts> = {}) => {
  const message = renderMessage("sms", template, { ...facts, ...changed }, who);
  return message.kind === "sms" ? message.body : "";
};
const mail = (template: (typeof messageTemplates)[number], changed: Partial<MessageFacts> = {}) => {
  const message = renderMessage("email", template, { ...facts, ...changed }, who);
  if (message.kind !== "email") throw new Error("not a mail");
  return message;
};

describe("a text", () => {
  test("is the seed's, word for word", () => {
    expect(sms("initial")).toBe(
      "Your video visit with Dr. Jane starts at 3:00 PM.\nTap to join: http://visit.test/j/a2b3c4d5\nExpires in 20 min. Reply HELP for support.",
    );
  });

  test("names the day when that is not today, by the reader's calendar", () => {
    expect(sms("initial", { scheduledAt: "2026-11-25T02:00:00.000Z" })).toContain(
      "starts on Tue, Nov 24 at 9:00 PM.",
    );
  });

  test("fits one part of the plain alphabet (GSM 03.38, 160 characters)", () => {
    expect(sms("initial").length).toBeLessThanOrEqual(160);
    expect(sms("initial")).toMatch(/^[\n -~]*$/);
  });

  test("of a cancelled visit offers the telephone, never a link", () => {
    expect(sms("cancelled", { link: null })).toBe(
      "Your video visit with Dr. Jane at 3:00 PM was cancelled.\nTo book another time, call (555) 010-0199.",
    );
  });

  test("speaks Spanish to who reads Spanish", () => {
    expect(sms("initial", { locale: "es" })).toContain("Su videoconsulta con Dr. Jane empieza a las 3:00");
  });
});

describe("a mail", () => {
  test("says the same in text and HTML, and the button is the link", () => {
    const { subject, text, html } = mail("initial");
    expect(subject).toBe("Your video visit with Dr. Jane");
    for (const body of [text, html]) {
      expect(body).toContain("Monday, November 23 at 3:00 PM EST");
      expect(body).toContain("http://visit.test/j/a2b3c4d5");
      expect(body).toContain("(555) 010-0199");
    }
    expect(html).toContain('<a href="http://visit.test/j/a2b3c4d5"');
    expect(html).toContain('<html lang="en">');
  });

  test("fetches nothing when it is opened", () => {
    expect(mail("initial").html).not.toMatch(/<img|<script|<link|url\(|@import/i);
  });

  test("shows a strange name as text, never as markup", () => {
    const { html } = mail("initial", { clinician: { title: "Dr.", firstName: "<b>Jane</b>" } });
    expect(html).not.toContain("<b>Jane");
    expect(html).toContain("&lt;b&gt;Jane");
  });

  test("carries one calendar entry per visit, which later mails move or take away", () => {
    const first = mail("initial").calendar;
    const moved = mail("rescheduled", {
      calendarSequence: 1,
      scheduledAt: "2026-11-24T20:00:00.000Z",
    }).calendar;
    const gone = mail("cancelled", { calendarSequence: 2, link: null }).calendar;
    const uid = (content: string) => /^UID:(.+)\r$/m.exec(content)?.[1];
    expect(first.method).toBe("REQUEST");
    expect(first.content).toContain("METHOD:REQUEST");
    expect(first.content).toContain("DTSTART:20261123T200000Z");
    expect(first.content).toContain("SEQUENCE:0");
    expect(moved.content).toContain("SEQUENCE:1");
    expect(moved.content).toContain("DTSTART:20261124T200000Z");
    expect(gone.method).toBe("CANCEL");
    expect(gone.content).toContain("STATUS:CANCELLED");
    expect(uid(first.content)).toMatch(/^visit-7c1a8a5e-.*@clinic\.test$/);
    expect(new Set([first, moved, gone].map(({ content }) => uid(content))).size).toBe(1);
  });
});

test("no message, of any kind, says who the patient is or why they come", () => {
  // MessageFacts has no place for these; this watches that nobody makes one.
  const phi = [
    "Walter",
    "Greene",
    "Headache",
    "Okafor",
    "15550101234",
    "aaaaaaaa-0000-4000-8000-000000000001",
  ];
  let scanned = 0;
  for (const template of messageTemplates)
    for (const locale of ["en", "es"])
      for (const reader of ["patient", "clinician"] as const)
        for (const kind of ["sms", "email"] as const) {
          const link = template === "cancelled" ? null : facts.link;
          const rendered = JSON.stringify(
            renderMessage(
              kind,
              template,
              { ...facts, link, locale, reader },
              { ...who, recipient: "w@example.com" },
            ),
          );
          for (const secret of phi) expect(rendered).not.toContain(secret);
          scanned++;
        }
  expect(scanned).toBe(40);
});

test("a link is never promised longer than it lives", () => {
  const until = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  expect(lasting(until(19.9), now)).toBe("19 min");
  expect(lasting(until(119), now)).toBe("119 min");
  expect(lasting(until(150), now)).toBe("2 h");
  expect(lasting(until(60 * 80), now)).toBe("3 days");
  expect(lasting(until(0.2), now)).toBe("1 min");
});

test("a foreign number is shown as it is", () => {
  expect(displayPhone("+442071838750")).toBe("+442071838750");
});
