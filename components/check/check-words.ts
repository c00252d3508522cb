import type { Messages } from "@/messages/messages";

/** What the device check says, in the language of its page. */
export type CheckWords = Messages["checking"];
