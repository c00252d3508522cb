import { randomUUID } from "node:crypto";

export type Attachment = { filename: string; contentType: string; content: string };
/** `bounced`: no such address or number. `blocked`: it is there, and did not take it. `dropped`: lost, and nobody is told. */
export type Fate = "delivered" | "bounced" | "blocked" | "complaint" | "dropped";

/** What a person would find on a phone or in a mail client. `text` is what they read; `html` is what a mail client shows. */
export type Message = {
  id: string;
  kind: "sms" | "email";
  at: number;
  from: string;
  to: string;
  subject?: string;
  text: string;
  html?: string;
  attachments: Attachment[];
  delivery: Fate;
  /** Written on the telephone itself: `from` is its number. */
  reply?: boolean;
  /** What the sender attached for its own records (SMS Context, SES EmailTags). */
  tags: Record<string, string>;
};

export type Inbox = {
  add(message: Omit<Message, "id" | "at">): Message;
  /** Newest first. Those that did not arrive are not in anybody's inbox: `all` shows them to the console. */
  list(filter?: { to?: string; all?: boolean }): Message[];
  find(id: string): Message | undefined;
  clear(): void;
};

/** The inbox keeps this many; the oldest go first. */
const kept = 2_000;

export function openInbox(options: {
  load: unknown;
  save: (state: Message[]) => void;
  now: () => number;
}): Inbox {
  let messages = (options.load as Message[] | undefined) ?? [];
  const saved = () => options.save(messages);
  return {
    add(message) {
      const stored: Message = { id: randomUUID(), at: options.now(), ...message };
      messages = [stored, ...messages].slice(0, kept);
      saved();
      return stored;
    },
    list: ({ to, all = false } = {}) =>
      messages.filter(
        (message) =>
          (all || message.delivery === "delivered" || message.delivery === "complaint") &&
          (to === undefined || message.to.toLowerCase() === to.trim().toLowerCase()),
      ),
    find: (id) => messages.find((message) => message.id === id),
    clear() {
      messages = [];
      saved();
    },
  };
}
