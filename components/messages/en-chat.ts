/** Part of the one catalogue (see en.ts): the chat of a call. */
export const chatWords = {
  control: "Chat",
  unread: (count: number) => ` (${count} new)`,
  titleWith: (name: string) => `Chat with ${name}`,
  title: "Chat with everyone here",
  close: "Close",
  /** Said at its head, because it is so: no copy is kept. */
  goesAway: "Messages go away when the visit ends.",
  label: "Your message",
  placeholder: "Write a message",
  send: "Send",
  you: "You",
  left: (count: number) => `${count} left`,
  from: (name: string, text: string) => `${name} wrote: ${text}`,
  trouble: {
    away: "You are not connected just now. Your message is still here: send it again in a moment.",
    "too-fast": "That was too fast. Wait a few seconds, then send it again.",
  },
  leftOut: "Some messages came too fast and were left out.",
  opensElsewhere: " (opens in a new tab)",
} as const;
