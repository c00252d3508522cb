import type { RoomRole } from "@/lib/kernel/room-role";
import type { Language } from "@/messages/locales";
import type { Messages } from "@/messages/messages";

/** What the room's page knows before anybody came in. */
export type RoomFacts = {
  code: string;
  roomId: string;
  role: RoomRole;
  expiresAt: string;
  resumable: boolean;
  language: Language;
};

/** The texts of the page, as the server put them into it: plain, so that the first load needs no formatter (decision 0014). */
export type RoomWords = Messages["room"];
