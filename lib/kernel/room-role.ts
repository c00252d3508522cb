/** Who somebody is in an audio room: two, and no third. */
export const roomRoles = ["host", "guest"] as const;
export type RoomRole = (typeof roomRoles)[number];
export const isRoomRole = (text: unknown): text is RoomRole =>
  (roomRoles as readonly unknown[]).includes(text);
