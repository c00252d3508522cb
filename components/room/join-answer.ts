import type { JoinedRoom } from "@/lib/rooms/answers";

/** What the Join button's action answers. */
export type JoinAnswer =
  | { status: "joined"; joined: JoinedRoom }
  | { status: "busy"; retryAfterSeconds: number }
  | { status: "refused"; code: string };
