import { fullTime, listedTime } from "@/lib/kernel/times";
import { catalogs } from "./catalog/catalog";
import type { Catalog } from "./catalog/wording";
import type { Clinic } from "./clinic";
import type { NoticeFacts } from "./enqueue";
import { type MessageFacts, type MessageTemplate, messageLocale, type NoticeTemplate } from "./message";
import { fill } from "./placeholders";
import { beginsAt, displayPhone, valuesOf, wordingOf } from "./words";

/** Mail clients know no style sheets of ours: the light theme's values of `app/styles/tokens.css`, written out. */
const look = {
  ground: "#edf1ee",
  surface: "#ffffff",
  line: "#d3dcd7",
  ink: "#12201a",
  quiet: "#3f4f48",
  brand: "#0b5f4b",
  onBrand: "#ffffff",
  font: "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', Verdana, Arial, sans-serif",
};

const accentOf = ({ brand }: Clinic): string => brand.accent ?? look.brand;

/** One mail as plain text and as HTML that says the same. The HTML loads nothing from anywhere: opening it tells nobody. */
export function visitMail(
  template: MessageTemplate,
  facts: MessageFacts,
  clinic: Clinic,
  now: Date,
): { subject: string; text: string; html: string } {
  const locale = messageLocale(facts.locale);
  const { mail, dates, direction, minutes } = catalogs[locale];
  const values = valuesOf(facts, clinic, now);
  const say = (wording: string) => fill(wording, values);
  const subject = say(wordingOf(clinic, template, locale, "subject"));
  const opening = say(wordingOf(clinic, template, locale, "opening"));
  const off = template === "cancelled" || template === "series-cancelled";
  const closing = say(off ? mail.rebook : mail.questions);
  const days = (facts.visits ?? []).map(({ scheduledAt }) =>
    listedTime(new Date(scheduledAt), facts.timeZone, dates),
  );
  const listTitle = off ? mail.allOff : mail.all;
  const rows: [string, string][] = [
    [mail.when, fullTime(beginsAt(facts), facts.timeZone, dates)],
    ...(facts.link ? ([[mail.howLong, minutes(facts.durationMinutes)]] as [string, string][]) : []),
  ];
  const { check } = facts;
  const accent = accentOf(clinic);
  const door = facts.link && { url: facts.link.url, words: mail, expires: say(mail.expires), accent };

  const text = [
    opening,
    "",
    ...rows.map(([label, value]) => `${label}: ${value}`),
    ...(check ? ["", `${mail.check}: ${check.url}`] : []),
    ...(door ? ["", `${mail.button}: ${door.url}`, "", mail.early, door.expires] : []),
    ...(days.length > 0 ? ["", `${listTitle}:`, ...days.map((day) => `- ${day}`)] : []),
    ...(days.length > 0 && !off ? ["", mail.eachLink] : []),
    "",
    closing,
    clinic.name,
  ].join("\n");

  const body = `<table cellpadding="0" cellspacing="0" style="margin:0 0 24px;font-size:18px">${rows.map(row).join("")}</table>
${door ? joinButton(door) : ""}${check ? checkButton(check.url, mail, { alone: !door, accent }) : ""}${days.length > 0 ? dayList(listTitle, days, off ? "" : mail.eachLink) : ""}`;
  const html = letter({ locale, direction, subject, clinic, opening, body, closing });
  return { subject, text, html };
}

/** A mail about somebody's account: what happened, and one button to a page of ours. */
export function noticeMail(
  template: NoticeTemplate,
  { locale: wish, url }: NoticeFacts,
  clinic: Clinic,
): { subject: string; text: string; html: string } {
  const locale = messageLocale(wish);
  const { mail, notices, direction } = catalogs[locale];
  const values = { clinic: clinic.name, phone: displayPhone(clinic.phone) };
  const { subject, opening, button: label, ...words } = notices[template];
  const [more, closing] = [fill(words.more, values), fill(mail.questions, values)];
  const text = [opening, "", more, "", `${label}: ${url}`, "", closing, clinic.name].join("\n");
  const body = `<p style="margin:0 0 24px">${safe(more)}</p>
${button(url, label, { strong: true, accent: accentOf(clinic) })}
`;
  return { subject, text, html: letter({ locale, direction, subject, clinic, opening, body, closing }) };
}

type Letter = {
  locale: string;
  direction: string;
  subject: string;
  clinic: Clinic;
  opening: string;
  /** HTML; the others are text. */
  body: string;
  closing: string;
};
function letter({ locale, direction, subject, clinic, opening, body, closing }: Letter): string {
  return `<!doctype html>
<html lang="${locale}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(subject)}</title></head>
<body style="margin:0;padding:24px 12px;background:${look.ground};color:${look.ink};font:18px/1.5 ${look.font}">
<table role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;margin:0 auto;background:${look.surface};border:1px solid ${look.line};border-radius:16px"><tr><td style="padding:28px">
<p style="margin:0 0 20px;font-size:16px;color:${look.quiet}">${safe(clinic.name)}</p>
<h1 style="margin:0 0 20px;font-size:24px;line-height:1.3">${safe(opening)}</h1>
${body}<p style="margin:0;font-size:16px;color:${look.quiet}">${safe(closing)}</p>
</td></tr></table>
</body>
</html>
`;
}

const row = ([label, value]: [string, string]) =>
  `<tr><th scope="row" style="padding:2px 0;padding-inline-end:16px;text-align:start;font-weight:normal;color:${look.quiet}">${safe(label)}</th><td style="padding:2px 0">${safe(value)}</td></tr>`;

function dayList(title: string, days: string[], more: string): string {
  return `<h2 style="margin:0 0 8px;font-size:18px">${safe(title)}</h2>
<ul style="margin:0 0 16px;padding-inline-start:24px">${days.map((day) => `<li style="margin:0 0 4px">${safe(day)}</li>`).join("")}</ul>
${more ? `<p style="margin:0 0 24px">${safe(more)}</p>\n` : ""}`;
}

function joinButton({
  url,
  words,
  expires,
  accent,
}: {
  url: string;
  words: Catalog["mail"];
  expires: string;
  accent: string;
}): string {
  return `${button(url, words.button, { strong: true, accent })}
<p style="margin:0 0 8px">${safe(words.early)}</p>
<p style="margin:0 0 24px">${safe(expires)}</p>
<p dir="ltr" style="margin:0 0 24px;font-size:14px;color:${look.quiet};word-break:break-all">${safe(url)}</p>
`;
}

/** Beside a link to join it stands back: only one of the two is the visit. @param look.alone it is what the mail is about. */
function checkButton(
  url: string,
  words: Catalog["mail"],
  { alone, accent }: { alone: boolean; accent: string },
): string {
  return `${button(url, words.check, { strong: alone, accent })}
<p dir="ltr" style="margin:0 0 24px;font-size:14px;color:${look.quiet};word-break:break-all">${safe(url)}</p>
`;
}

/** @param look.accent so dark that white words can be read on it. */
function button(url: string, label: string, { strong, accent }: { strong: boolean; accent: string }): string {
  const colours = strong
    ? `background:${accent};color:${look.onBrand}`
    : `background:${look.surface};color:${accent};border:2px solid ${accent}`;
  return `<p style="margin:0 0 24px"><a href="${safe(url)}" style="display:inline-block;padding:16px 28px;border-radius:12px;${colours};font-size:20px;font-weight:bold;text-decoration:none">${safe(label)}</a></p>`;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** Text as HTML shows it: names and addresses come from outside. */
function safe(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}
