import type { Who } from "../call-state";

/** `patient-<uuid>`, as `lib/visits/place.ts` names an attendee to the cloud. */
const seatPattern = /^[a-z]+-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Which seat an attendee is. On route `connect` the cloud names them by a pseudonym, and the attendee's own id has to do. */
export function whoOf(attendeeId: string, externalUserId: string | null | undefined): Who {
  return seatPattern.exec(externalUserId ?? "")?.[1] ?? baseOf(attendeeId);
}

/** A screen share is an attendee of its own beside its owner's: `<owner>#content`. */
export const baseOf = (attendeeId: string): string => attendeeId.split("#")[0] ?? attendeeId;
export const isScreen = (attendeeId: string): boolean => attendeeId.endsWith("#content");
