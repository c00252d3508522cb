import { expect } from "playwright/test";

/** Reads what the system sent, from the laptop cloud's inbox. */
export type Inbox = {
  /** Waits for a message to this address that holds a match, and returns the match's first group (or all of it). */
  find(to: string, pattern: RegExp): Promise<string>;
  /** How many messages lie there for this address. */
  count(to: string): Promise<number>;
};

export function openInbox(laptopUrl: string): Inbox {
  async function messages(to: string): Promise<unknown[]> {
    const response = await fetch(`${laptopUrl}/_laptop/inbox?to=${encodeURIComponent(to)}`);
    if (!response.ok) throw new Error(`the inbox answered ${response.status}`);
    const answer: unknown = await response.json();
    if (Array.isArray(answer)) return answer;
    if (typeof answer === "object" && answer && "messages" in answer && Array.isArray(answer.messages))
      return answer.messages;
    throw new Error("the inbox answered something else than messages");
  }
  return {
    async find(to, pattern) {
      let found: RegExpMatchArray | null = null;
      await expect
        .poll(
          async () => {
            for (const message of await messages(to)) found ??= textOf(message).match(pattern);
            return found !== null;
          },
          { message: `a message to ${to} with ${pattern}`, timeout: 15_000 },
        )
        .toBe(true);
      const [whole, group] = found as unknown as [string, string | undefined];
      return group ?? whole;
    },
    count: async (to) => (await messages(to)).length,
  };
}

/** Every text of a message, whatever its kind calls the field. */
function textOf(message: unknown): string {
  if (typeof message === "string") return message;
  if (typeof message !== "object" || message === null) return "";
  return Object.values(message).map(textOf).join("\n");
}
