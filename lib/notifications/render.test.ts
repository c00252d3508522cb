import { describe, expect, test } from "vitest";
import { catalogs } from "./catalog/catalog";
import type { Clinic } from "./clinic";
import { type MessageFacts, messageLocales, messageTemplates, replyTemplates } from "./message";
import { allowedIn, namedIn, placeholders, requiredIn } from "./placeholders";
import { defaultQuietHours } from "./quiet-hours";
import { defaultReminders } from "./reminder-moment";
import { renderMessage } from "./render";
import { smsLength } from "./sms-length";
import { displayPhone, lasting, replyBody } from "./words";

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
};
const clinic: Clinic = {
  name: "Linden Street Clinic",
  phone: "+15550100199",
  quiet: defaultQuietHours,
  reminders: defaultReminders,
  keepChat: false,
  recordingDays: null,
  brand: { accent: null, logo: null },
  wordings: new Map(),
};
const who = { clinic, sender: "visits@clinic.test", recipient: "walter@example.com", now };
const sms = (template: (typeof messageTemplates)[number], changed: Partial<MessageFacts> = {}) => {
  const message = renderMessage("sms", template, { ...facts, ...changed }, who);
  return message.kind === "sms" ? message.body : "";
};
const mail = (template: (typeof messageTemplates)[number], changed: Partial<MessageFacts> = {}) => {
  const message = renderMessage("email", template, { ...facts, ...changed }, who);
  if (message.kind !== "email") throw new Error("not a mail");
  return message;
};
const calendarOf = (...given: Parameters<typeof mail>) => {
  const { calendar } = mail(...given);
  if (!calendar) throw new Error("no calendar");
  return calendar;
};

describe("a text", () => {
  test("is the seed's, word for word", () => {
    expect(sms("initial")).toBe(
      "Your video visit with Dr. Jane starts at 3:00 PM.\nTap to join: http://visit.test/j/a2b3c4d5\nExpires in 20 min. Reply HELP for support.",
    );
  });

  test("says by the reader's clock when its link runs out, unless that is soon; and the day, where it is not the visit's", () => {
    const far = {
      scheduledAt: "2026-11-24T20:00:00.000Z",
      link: { url: "http://visit.test/j/a2b3c4d5", expiresAt: "2026-11-24T20:45:00.000Z" },
    };
    expect(sms("initial", far)).toContain("Expires at 3:45 PM.");
    expect(sms("initial", { ...far, timeZone: "America/Los_Angeles" })).toContain("Expires at 12:45 PM.");
    expect(sms("initial", { ...far, locale: "es" })).toContain("Vence a las 3:45 p.m. ¿Ayuda?");
    expect(sms("initial", { ...far, locale: "ar" })).toContain("ينتهي الرابط الساعة 3:45");
    expect(mail("initial", far).text).toContain("runs out at 3:45 PM.");
    const early = { ...far, link: { ...far.link, expiresAt: "2026-11-24T01:30:00.000Z" } };
    expect(sms("initial", early)).toContain("Expires on Mon, Nov 23 at 8:30 PM.");
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
    expect(html).toContain('<html lang="en" dir="ltr">');
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
    const first = calendarOf("initial");
    const moved = calendarOf("rescheduled", {
      calendarSequence: 1,
      scheduledAt: "2026-11-24T20:00:00.000Z",
    });
    const gone = calendarOf("cancelled", { calendarSequence: 2, link: null });
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

describe("a mail of several visits", () => {
  const visits = ["2026-11-23T20:00:00.000Z", "2026-11-30T20:00:00.000Z", "2026-12-07T20:00:00.000Z"].map(
    (scheduledAt, index) => ({
      visitId: `7c1a8a5e-0000-4000-8000-00000000000${index + 1}`,
      scheduledAt,
      durationMinutes: 30,
      calendarSequence: 0,
    }),
  );
  const uids = (content: string) => [...content.matchAll(/^UID:visit-(\S+)@/gm)].map(([, id]) => id);

  test("lists every day by the reader's clock, and its calendar has an entry for each that can be moved by itself", () => {
    const { text, html, calendar, moreCalendars } = mail("series", { visits });
    for (const body of [text, html])
      for (const day of ["Nov 23", "Nov 30", "Dec 7"]) expect(body).toContain(`${day}, 2026, 3:00 PM`);
    // One UID in what asks for an answer (RFC 5546 §3.2.2), all of them in the file to be opened.
    expect([calendar?.method, uids(calendar?.content ?? "")]).toEqual(["REQUEST", [visits[0]!.visitId]]);
    expect(moreCalendars?.map(({ filename, method }) => [filename, method])).toEqual([
      ["all-visits.ics", "PUBLISH"],
    ]);
    expect(uids(moreCalendars?.[0]?.content ?? "")).toEqual(visits.map(({ visitId }) => visitId));
    // The link is the first visit's: no other entry leads to it.
    expect(moreCalendars?.[0]?.content).not.toContain("/j/");
  });

  test("that are off takes each of them away", () => {
    const { calendar, moreCalendars = [] } = mail("series-cancelled", { visits, link: null });
    const files = [calendar!, ...moreCalendars];
    expect(files.map(({ method }) => method)).toEqual(["CANCEL", "CANCEL", "CANCEL"]);
    expect(files.flatMap(({ content }) => uids(content))).toEqual(visits.map(({ visitId }) => visitId));
  });
});

describe("every message, in every language", () => {
  // MessageFacts has no place for these; this watches that nobody makes one.
  const phi = [
    "Walter",
    "Greene",
    "Headache",
    "Okafor",
    "15550101234",
    "aaaaaaaa-0000-4000-8000-000000000001",
  ];
  const late = { minutes: 20, until: "2026-11-23T20:20:00.000Z" };
  const linkless = new Set(["cancelled", "series-cancelled", "check", "time-kept"]);
  const visits = ["2026-11-25T15:30:00.000Z", "2026-12-02T15:30:00.000Z"].map((scheduledAt, index) => ({
    visitId: `7c1a8a5e-0000-4000-8000-00000000000${index + 1}`,
    scheduledAt,
    durationMinutes: 30,
    calendarSequence: 0,
  }));
  /** The longest that a reader may get: another day, a link of the longest kind. */
  const factsFor = (template: string, locale: string, reader: "patient" | "clinician"): MessageFacts => ({
    ...facts,
    locale,
    reader,
    scheduledAt: "2026-11-25T15:30:00.000Z",
    link: linkless.has(template)
      ? null
      : { url: "https://visit.clinic.example/j/a2b3c4d5e6f7", expiresAt: "2026-11-25T16:15:00.000Z" },
    ...(template === "late" && { late }),
    ...(template.startsWith("series") && { visits }),
    ...((template === "check" || template === "reminder") && {
      check: { url: "https://visit.clinic.example/c/a2b3c4d5e6f7" },
    }),
  });
  const all = messageTemplates.flatMap((template) =>
    messageLocales.flatMap((locale) =>
      (["patient", "clinician"] as const).map((reader) => ({ template, locale, reader })),
    ),
  );

  test("says nothing of who the patient is or why they come, and has no hole in it", () => {
    let scanned = 0;
    for (const { template, locale, reader } of all)
      for (const kind of ["sms", "email"] as const) {
        const rendered = JSON.stringify(
          renderMessage(kind, template, factsFor(template, locale, reader), {
            ...who,
            recipient: "w@example.com",
          }),
        );
        for (const secret of phi) expect(rendered).not.toContain(secret);
        expect(rendered).not.toMatch(/undefined|Invalid Date|\{[a-zA-Z]+\}/);
        scanned++;
      }
    for (const locale of messageLocales)
      for (const reply of replyTemplates) {
        const rendered = replyBody(reply, locale, clinic);
        for (const secret of phi) expect(rendered).not.toContain(secret);
        scanned++;
      }
    expect(scanned).toBe(13 * 3 * 2 * 2 + 12);
  });

  test("is a text of two parts at most in English, in the plain alphabet, and of three in any other", () => {
    const long: string[] = [];
    const look = (name: string, locale: string, body: string) => {
      const { alphabet, parts } = smsLength(body);
      if (locale === "en") expect(alphabet, name).toBe("GSM-7");
      if (parts > (locale === "en" ? 2 : 3)) long.push(`${name} ${locale}: ${parts}`);
    };
    for (const { template, locale, reader } of all) {
      const message = renderMessage("sms", template, factsFor(template, locale, reader), who);
      if (message.kind === "sms") look(template, locale, message.body);
    }
    for (const locale of messageLocales)
      for (const reply of replyTemplates) look(reply, locale, replyBody(reply, locale, clinic));
    expect(long).toEqual([]);
  });

  test("in its own language: no catalogue shares a sentence with another", () => {
    const sentences = (locale: (typeof messageLocales)[number]) => {
      const { messages, replies, mail: more } = catalogs[locale];
      return [
        ...Object.values(messages).flatMap((one) => Object.values(one)),
        ...Object.values(replies),
        ...Object.values(more),
      ];
    };
    for (const [one, other] of [
      ["en", "es"],
      ["en", "ar"],
      ["es", "ar"],
    ] as const) {
      const theirs = new Set(sentences(other));
      expect(
        sentences(one).filter(
          (sentence) => theirs.has(sentence) && /[a-z ]{4}/i.test(sentence.replace(/\{\w+\}/g, "")),
        ),
      ).toEqual([]);
    }
  });

  test("names only what it may, and what it must", () => {
    for (const locale of messageLocales)
      for (const template of messageTemplates)
        for (const part of ["sms", "subject", "opening"] as const) {
          const named = namedIn(catalogs[locale].messages[template][part]);
          expect(named.filter((name) => !(allowedIn(template, part) as string[]).includes(name))).toEqual([]);
          expect(requiredIn(template, part).filter((name) => !named.includes(name))).toEqual([]);
        }
    for (const name of placeholders) expect(name).not.toMatch(/patient|name|reason|complaint|birth|address/i);
  });

  test("is read from right to left in Arabic, and a mail says so", () => {
    const html = mail("initial", { locale: "ar" }).html;
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain("ادخل إلى زيارتك");
  });
});

test("running late names the new time and leaves the calendar alone", () => {
  const late = { minutes: 20, until: "2026-11-23T20:20:00.000Z" };
  expect(sms("late", { link: null, late })).toBe(
    "Your video visit with Dr. Jane is running about 20 min late. It should start at 3:20 PM.",
  );
  expect(sms("late", { late })).toBe(
    "Your video visit with Dr. Jane is running about 20 min late. It should start at 3:20 PM.\nTap to join: http://visit.test/j/a2b3c4d5",
  );
  expect(mail("late", { late }).text).toContain("http://visit.test/j/a2b3c4d5");
  expect(mail("late", { late }).calendar).toBeUndefined();
  // A clinic's own words know no link: it stands below them, once.
  const wordings = new Map([["late/en/sms", "Sorry, {when}."]]) as Clinic["wordings"];
  expect(
    renderMessage("sms", "late", { ...facts, late }, { ...who, clinic: { ...clinic, wordings } }),
  ).toEqual({
    kind: "sms",
    body: "Sorry, at 3:20 PM.\nTap to join: http://visit.test/j/a2b3c4d5",
  });
});

test("a device check stands below a reminder's link, alone in a mail of its own, and in no calendar", () => {
  const check = { url: "http://visit.test/c/z9y8x7w6" };
  expect(sms("reminder", { check })).toContain(
    "\nTry your camera and sound first: http://visit.test/c/z9y8x7w6",
  );
  const both = mail("reminder", { check });
  expect(both.html.indexOf("/j/a2b3c4d5")).toBeLessThan(both.html.indexOf("/c/z9y8x7w6"));
  expect(both.text).toContain("Try your camera and sound: http://visit.test/c/z9y8x7w6");
  const alone = mail("check", { link: null, check });
  expect(alone.html).not.toContain("/j/");
  expect(alone.html).toContain('<a href="http://visit.test/c/z9y8x7w6"');
  expect(alone.calendar).toBeUndefined();
  expect(calendarOf("reminder", { check }).content).not.toContain("/c/");
});

test("the clinic's own words replace ours in that language, and no other", () => {
  const wordings = new Map([
    ["initial/en/sms", "Hello. {Visit} begins {when}: {link}"],
  ]) as Clinic["wordings"];
  const render = (locale: string) =>
    renderMessage("sms", "initial", { ...facts, locale }, { ...who, clinic: { ...clinic, wordings } });
  expect(render("en")).toMatchObject({
    body: "Hello. Your video visit with Dr. Jane begins at 3:00 PM: http://visit.test/j/a2b3c4d5",
  });
  expect(render("es")).toMatchObject({ body: expect.stringContaining("Su videoconsulta") });
});

describe("the length of a text", () => {
  test.each([
    ["a".repeat(160), "GSM-7", 1],
    ["a".repeat(161), "GSM-7", 2],
    ["a".repeat(306), "GSM-7", 2],
    ["a".repeat(307), "GSM-7", 3],
    [`${"a".repeat(158)}€`, "GSM-7", 1],
    [`${"a".repeat(159)}€`, "GSM-7", 2],
    ["í", "UCS-2", 1],
    [`${"a".repeat(69)}í`, "UCS-2", 1],
    [`${"a".repeat(70)}í`, "UCS-2", 2],
    ["é".repeat(160), "GSM-7", 1],
    ["😀".repeat(35), "UCS-2", 1],
    ["😀".repeat(36), "UCS-2", 2],
  ] as const)("%s", (text, alphabet, parts) => {
    expect(smsLength(text)).toMatchObject({ alphabet, parts });
  });
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
