import { randomUUID } from "node:crypto";
import { err, ok } from "@/lib/kernel/result";
import type { Mailer, MailerRefusal } from "../mailer";

export type MemoryMailer = Mailer & {
  sent: Parameters<Mailer["send"]>[0][];
  /** The next sends are refused so, oldest first. */
  refuse(...refusals: MailerRefusal[]): void;
};

/** A mail service without one, for tests. */
export function memoryMailer(): MemoryMailer {
  const sent: MemoryMailer["sent"] = [];
  const refusals: MailerRefusal[] = [];
  return {
    sent,
    refuse: (...more) => {
      refusals.push(...more);
    },
    async send(mail) {
      if (!/^[^\s@]+@[^\s@]+$/.test(mail.to)) return err({ code: "MAILER_REJECTED", reason: "address" });
      const refusal = refusals.shift();
      if (refusal) return err(refusal);
      sent.push(mail);
      return ok({ messageId: randomUUID() });
    },
  };
}
