import { calendarDay, clockTime, fullTime, shortDay } from "@/lib/kernel/times";
import type { MessageFacts, MessageTemplate } from "./message";

const spanish = (locale: string) => locale.toLowerCase().startsWith("es");
const dateLocale = (locale: string) => (spanish(locale) ? "es-US" : "en-US");

/** `Dr. Jane`: the clinician's title and first name, all of a person that a message may name. */
const clinicianName = ({ clinician }: MessageFacts) => `${clinician.title} ${clinician.firstName}`.trim();

/** `at 3:00 PM` today, `on Mon, Nov 23 at 3:00 PM` otherwise, by the reader's clock. */
function startsWhen(facts: MessageFacts, now: Date): string {
  const at = new Date(facts.scheduledAt);
  const es = spanish(facts.locale);
  const time = clockTime(at, facts.timeZone, dateLocale(facts.locale));
  const clock = es ? `a las ${time}` : `at ${time}`;
  if (calendarDay(at, facts.timeZone) === calendarDay(now, facts.timeZone)) return clock;
  const day = shortDay(at, facts.timeZone, dateLocale(facts.locale));
  return es ? `el ${day} ${clock}` : `on ${day} ${clock}`;
}

/** `20 min`, `25 h`, `3 days`: rounded down, so that no link is promised longer than it lives. */
export function lasting(until: Date, now: Date, locale = "en"): string {
  const minutes = Math.max(1, Math.floor((until.getTime() - now.getTime()) / 60_000));
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 72) return `${hours} h`;
  return `${Math.floor(hours / 24)} ${spanish(locale) ? "días" : "days"}`;
}

/** The sentence that tells what happens. */
export function headline(template: MessageTemplate, facts: MessageFacts, now: Date): string {
  const when = startsWhen(facts, now);
  const es = spanish(facts.locale);
  const visit =
    facts.reader === "clinician" ? (es ? "Su videoconsulta" : "Your video visit") : withClinician(facts);
  switch (template) {
    case "cancelled":
      return es ? `${visit} ${when} se canceló.` : `${visit} ${when} was cancelled.`;
    case "rescheduled":
      return es ? `${visit} cambió de hora: empieza ${when}.` : `${visit} was moved. It now starts ${when}.`;
    case "reminder":
    case "resend":
    case "initial":
      return es ? `${visit} empieza ${when}.` : `${visit} starts ${when}.`;
  }
}

function withClinician(facts: MessageFacts): string {
  return spanish(facts.locale)
    ? `Su videoconsulta con ${clinicianName(facts)}`
    : `Your video visit with ${clinicianName(facts)}`;
}

export function subject(template: MessageTemplate, facts: MessageFacts): string {
  const es = spanish(facts.locale);
  const visit =
    facts.reader === "clinician" ? (es ? "Su videoconsulta" : "Your video visit") : withClinician(facts);
  const words: Record<MessageTemplate, string> = es
    ? {
        initial: visit,
        reminder: `Recordatorio: ${lowerFirst(visit)}`,
        resend: `Enlace nuevo: ${lowerFirst(visit)}`,
        rescheduled: `Hora nueva: ${lowerFirst(visit)}`,
        cancelled: `Cancelada: ${lowerFirst(visit)}`,
      }
    : {
        initial: visit,
        reminder: `Reminder: ${lowerFirst(visit)}`,
        resend: `New link: ${lowerFirst(visit)}`,
        rescheduled: `New time: ${lowerFirst(visit)}`,
        cancelled: `Cancelled: ${lowerFirst(visit)}`,
      };
  return words[template];
}

/** Sentences that a mail has beside the headline. */
export function mailWords(facts: MessageFacts, now: Date) {
  const es = spanish(facts.locale);
  const at = fullTime(new Date(facts.scheduledAt), facts.timeZone, dateLocale(facts.locale));
  const phone = displayPhone(facts.clinic.phone);
  return {
    lang: es ? "es" : "en",
    whenLabel: es ? "Cuándo" : "When",
    when: at,
    lengthLabel: es ? "Duración" : "How long",
    length: `${facts.durationMinutes} min`,
    button: es ? "Entrar a la consulta" : "Join your visit",
    early: es
      ? "Puede entrar antes: le avisaremos cuando empiece. Primero verá su cámara y su micrófono."
      : "You can come early and wait inside. You will see your camera and microphone first.",
    expires: facts.link
      ? es
        ? `El enlace es solo para usted y vence en ${lasting(new Date(facts.link.expiresAt), now, "es")}.`
        : `The link is for you alone and runs out in ${lasting(new Date(facts.link.expiresAt), now)}.`
      : "",
    help: es ? `¿Preguntas? Llame al ${phone}.` : `Questions? Call ${phone}.`,
    rebook: es ? `Para otra cita, llame al ${phone}.` : `To book another time, call ${phone}.`,
  };
}

/** `+15550100199` → `(555) 010-0199`; anything but a North American number stays as it is. */
export function displayPhone(number: string): string {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return parts ? `(${parts[1]}) ${parts[2]}-${parts[3]}` : number;
}

/** The text's own words: seed 4's "HIPAA Safe" message. */
export function smsBody(template: MessageTemplate, facts: MessageFacts, now: Date): string {
  const es = spanish(facts.locale);
  const first = headline(template, facts, now);
  if (!facts.link) {
    const phone = displayPhone(facts.clinic.phone);
    return `${first}\n${es ? `Para otra cita, llame al ${phone}.` : `To book another time, call ${phone}.`}`;
  }
  const lasts = lasting(new Date(facts.link.expiresAt), now, facts.locale);
  return es
    ? `${first}\nToque para entrar: ${facts.link.url}\nVence en ${lasts}. Responda HELP para ayuda.`
    : `${first}\nTap to join: ${facts.link.url}\nExpires in ${lasts}. Reply HELP for support.`;
}

const lowerFirst = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
