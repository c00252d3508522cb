/** What an attendee may send and receive (`AttendeeCapabilities` of the API). */
export const grants = ["SendReceive", "Send", "Receive", "None"] as const;
export type Grant = (typeof grants)[number];
export type Capabilities = { Audio: Grant; Video: Grant; Content: Grant };

export const everything: Capabilities = {
  Audio: "SendReceive",
  Video: "SendReceive",
  Content: "SendReceive",
};

export const sends = (grant: Grant) => grant === "SendReceive" || grant === "Send";
export const receives = (grant: Grant) => grant === "SendReceive" || grant === "Receive";

/** In the room, and allowed nothing: how an application keeps somebody waiting. */
export const isWaiting = ({ Audio, Video, Content }: Capabilities) =>
  Audio === "None" && Video === "None" && Content === "None";

const isGrant = (value: unknown): value is Grant => grants.some((grant) => grant === value);

/** All three or nothing: a partial set of capabilities is refused, as the vendor does. */
export function readCapabilities(value: unknown): Capabilities | null {
  if (typeof value !== "object" || value === null) return null;
  const { Audio, Video, Content } = value as Record<string, unknown>;
  return isGrant(Audio) && isGrant(Video) && isGrant(Content) ? { Audio, Video, Content } : null;
}
