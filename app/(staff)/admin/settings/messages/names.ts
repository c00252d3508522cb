import type { AnyTemplate, MessageLocale } from "@/lib/notifications/message";
import type { Part } from "@/lib/notifications/placeholders";

export const templateNames: Record<AnyTemplate, string> = {
  initial: "Invitation",
  reminder: "Reminder",
  resend: "New link",
  rescheduled: "New time",
  cancelled: "Cancellation",
  late: "Running late",
  "on-time": "Back on time",
  stopped: "Answer to STOP",
  resumed: "Answer to START",
  help: "Answer to HELP",
  unread: "Answer to anything else",
};
export const localeNames: Record<MessageLocale, string> = { en: "English", es: "Español", ar: "العربية" };
export const partNames: Record<Part, string> = {
  sms: "Text",
  subject: "Subject of the email",
  opening: "First sentence of the email",
};
