import type { MessageFacts, MessageTemplate } from "./message";
import { headline, mailWords, subject } from "./words";

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

/** One mail as plain text and as HTML that says the same. The HTML loads nothing from anywhere: opening it tells nobody. */
export function visitMail(
  template: MessageTemplate,
  facts: MessageFacts,
  now: Date,
): { subject: string; text: string; html: string } {
  const words = mailWords(facts, now);
  const title = headline(template, facts, now);
  const closing = facts.link ? words.help : words.rebook;
  const text = [
    title,
    "",
    `${words.whenLabel}: ${words.when}`,
    ...(facts.link
      ? [
          `${words.lengthLabel}: ${words.length}`,
          "",
          `${words.button}: ${facts.link.url}`,
          "",
          words.early,
          words.expires,
        ]
      : []),
    "",
    closing,
    facts.clinic.name,
  ].join("\n");

  const rows: [string, string][] = [
    [words.whenLabel, words.when],
    ...(facts.link ? ([[words.lengthLabel, words.length]] as [string, string][]) : []),
  ];
  const html = `<!doctype html>
<html lang="${words.lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(subject(template, facts))}</title></head>
<body style="margin:0;padding:24px 12px;background:${look.ground};color:${look.ink};font:18px/1.5 ${look.font}">
<table role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;margin:0 auto;background:${look.surface};border:1px solid ${look.line};border-radius:16px"><tr><td style="padding:28px">
<p style="margin:0 0 20px;font-size:16px;color:${look.quiet}">${safe(facts.clinic.name)}</p>
<h1 style="margin:0 0 20px;font-size:24px;line-height:1.3">${safe(title)}</h1>
<table cellpadding="0" cellspacing="0" style="margin:0 0 24px;font-size:18px">${rows
    .map(
      ([label, value]) =>
        `<tr><th scope="row" align="left" style="padding:2px 16px 2px 0;font-weight:normal;color:${look.quiet}">${safe(label)}</th><td style="padding:2px 0">${safe(value)}</td></tr>`,
    )
    .join("")}</table>
${facts.link ? joinButton(facts.link.url, words) : ""}<p style="margin:0;font-size:16px;color:${look.quiet}">${safe(closing)}</p>
</td></tr></table>
</body>
</html>
`;
  return { subject: subject(template, facts), text, html };
}

function joinButton(url: string, words: ReturnType<typeof mailWords>): string {
  return `<p style="margin:0 0 24px"><a href="${safe(url)}" style="display:inline-block;padding:16px 28px;border-radius:12px;background:${look.brand};color:${look.onBrand};font-size:20px;font-weight:bold;text-decoration:none">${safe(words.button)}</a></p>
<p style="margin:0 0 8px">${safe(words.early)}</p>
<p style="margin:0 0 24px">${safe(words.expires)}</p>
<p style="margin:0 0 24px;font-size:14px;color:${look.quiet};word-break:break-all">${safe(url)}</p>
`;
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
