import { z } from "zod";
import { callTopics } from "@/lib/kernel/call-topic";
import { attendee, meeting } from "./call";
import { cursor, id, time } from "./common";

export const callRoute = z
  .enum(["webrtc", "sip"])
  .describe("How the sound goes: straight into the contact centre, or by a telephone line.");

export const startedCall = z
  .object({
    MeetingId: z.string().describe("The seed's name for `chimeJoinInfo.meeting.meetingId`."),
    AttendeeId: z.string().describe("The seed's name for `chimeJoinInfo.attendee.attendeeId`."),
    JoinToken: z.string().describe("A credential. The seed's name for `chimeJoinInfo.attendee.joinToken`."),
    callId: id,
    route: callRoute,
    contactId: z
      .string()
      .nullable()
      .describe(
        "The contact centre's own name for the call; null on route `sip`, where it arrives there by telephone.",
      ),
    participantToken: z
      .string()
      .nullable()
      .describe(
        "A credential: for Amazon Connect's Participant Service, which takes what a keypad says. Null on route `sip`: there keys go to `POST …/keys`.",
      ),
    chimeJoinInfo: z.object({ meeting, attendee }),
    joined: z
      .boolean()
      .describe(
        "True: this call was under way already, begun in another tab, say. Whoever joins takes it over.",
      ),
  })
  .meta({ id: "StartedCall", description: "Credentials: never log them, never keep them." });

const topic = z.enum(callTopics).nullable().describe("What its caller said that it is about.");

export const ownCall = z
  .object({
    callId: id,
    route: callRoute,
    topic,
    status: z
      .enum(["starting", "waiting", "connected", "ended"])
      .describe("`waiting`: no agent has answered yet."),
    startedAt: time,
    connectedAt: time.nullable().describe("When an agent answered."),
    endedAt: time.nullable(),
  })
  .meta({ id: "SupportCall", description: "A call to the contact centre, as its caller sees it." });

export const ownCallNow = ownCall
  .extend({
    held: z.boolean().describe("The agent has put it on hold."),
    handedOn: z.boolean().describe("An agent has handed it on, and nobody has answered since."),
    agent: z.string().nullable().describe("The first name of whoever answered."),
    place: z
      .object({
        position: z.number().int().min(1).describe("1: next."),
        waitSeconds: z.number().nullable().describe("The contact center's own guess."),
      })
      .nullable()
      .describe("In its queue. Null: it does not wait, or the contact center was not asked this time."),
  })
  .meta({ id: "SupportCallNow", description: "A call to the contact center while it lasts." });

export const ratedCall = z.object({ stars: z.number().int().min(1).max(5) });

const pastCall = ownCall
  .extend({ stars: z.number().int().min(1).max(5).nullable().describe("How it was for its caller.") })
  .meta({ id: "PastSupportCall" });

export const ownCalls = z.object({
  calls: z.array(pastCall).describe("The newest first."),
  nextCursor: cursor,
});

export const keysPressed = z.object({ pressed: z.number().int().describe("How many keys.") });
