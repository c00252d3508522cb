/** What the laptop cloud is told to get wrong (laptop/README.md, "Faults"). */
export type Fault = {
  service: "chime" | "kms" | "sms" | "ses" | "connect" | "cognito";
  slowMs?: number;
  throttle?: boolean;
  failRate?: number;
  bounce?: boolean;
};

export async function setFault(laptopUrl: string, fault: Fault): Promise<void> {
  await sendTo(laptopUrl, "PUT", "faults", fault);
}

/** Every signaling socket of every call breaks, as when a phone changes its network. */
export async function breakSockets(laptopUrl: string): Promise<void> {
  await sendTo(laptopUrl, "POST", "chime/break-sockets", {});
}

/** One attendee of a visit's meeting, as the laptop cloud's switches name it. */
type MediaTarget = { meetingId: string; attendeeId: string };
type Meeting = { id: string; externalId: string; attendees: { id: string; externalUserId: string }[] };

export async function attendeeOf(laptopUrl: string, visitId: string, party: string): Promise<MediaTarget> {
  return attendeeIn(laptopUrl, `visit-${visitId}`, party);
}

/** The same, of any meeting: a room's is `room-` and its id. */
export async function attendeeIn(
  laptopUrl: string,
  externalMeetingId: string,
  party: string,
): Promise<MediaTarget> {
  const answer = await fetch(`${laptopUrl}/_laptop/meetings`);
  const { meetings } = (await answer.json()) as { meetings: Meeting[] };
  const meeting = meetings.find(({ externalId }) => externalId === externalMeetingId);
  const attendee = meeting?.attendees.find(({ externalUserId }) => externalUserId.startsWith(`${party}-`));
  if (!meeting || !attendee) throw new Error(`no ${party} in the meeting ${externalMeetingId}`);
  return { meetingId: meeting.id, attendeeId: attendee.id };
}

/** The line of one attendee, both ways. Without an effect it is mended. */
export async function setLine(
  laptopUrl: string,
  target: MediaTarget,
  line: { blackhole?: boolean; lossRate?: number },
): Promise<void> {
  await sendTo(laptopUrl, "PUT", "chime/faults", { ...target, ...line });
}

/** The line of every connection check of a visit's, both ways, those that are still to come as well. Without an effect it is mended. */
export async function setCheckLine(
  laptopUrl: string,
  visitId: string,
  line: { blackhole?: boolean; lossRate?: number },
): Promise<void> {
  await sendTo(laptopUrl, "PUT", "chime/faults", { externalMeetingId: `check-${visitId}`, ...line });
}

/** Cuts a signaling connection as a network does. */
export async function breakSocket(laptopUrl: string, target: MediaTarget): Promise<void> {
  await sendTo(laptopUrl, "POST", "chime/break-sockets", target);
}

async function sendTo(laptopUrl: string, method: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${laptopUrl}/_laptop/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}
