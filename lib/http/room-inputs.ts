import { z } from "zod";
import { roomRoles } from "@/lib/kernel/room-role";
import { roomMinutes } from "@/lib/rooms/room";

/** One line, without controls that reorder or hide what is read; empty counts as none. */
export const roomName = z
  .string()
  .max(200)
  .transform(
    (text) => text.replace(/[\s\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ").trim() || null,
  )
  .pipe(z.string().max(60).nullable())
  .meta({ examples: ["Call with Avery"] });
export const ttlMinutes = z.coerce.number().int().min(roomMinutes.least).max(roomMinutes.most);
export const roomRole = z.enum(roomRoles);
