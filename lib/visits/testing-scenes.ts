import type { LiveState } from "./answers";
import { liveState } from "./live-state";
import { granted, joinAs, makeVisit, type TestDeps } from "./testing";

export type Joined = Awaited<ReturnType<typeof joinAs>>;

/** A visit to which both have come; the patient waits to be let in. */
export async function bothInside(deps: TestDeps) {
  const made = await makeVisit(deps);
  const patient = await joinAs(deps, made.visitId, "patient");
  const clinician = await joinAs(deps, made.visitId, "clinician");
  return { ...made, patient, clinician };
}

/** What the page of whoever joined shows; reading it says that it is open. */
export async function seenBy(
  deps: TestDeps,
  visitId: string,
  { actor }: Pick<Joined, "actor">,
): Promise<LiveState> {
  return granted(await liveState(deps, { visitId, viewer: { kind: "seat", actor } }));
}

/** What the cloud lets them do. */
export const capabilitiesIn = (
  deps: TestDeps,
  { started: { chimeJoinInfo: info } }: Pick<Joined, "started">,
) => deps.meetings.capabilitiesOf(info.meeting.meetingId, info.attendee.attendeeId);
