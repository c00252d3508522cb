import type { NetworkFault } from "./ice/ice-lite";

/** Whose media goes wrong: one attendee's, a whole meeting's, or everybody's. By its external name also a meeting that is still to be made. */
export type FaultTarget = { meetingId?: string; attendeeId?: string; externalMeetingId?: string };
export type MediaFault = FaultTarget & Partial<NetworkFault>;

/** Longer than any way around the earth. */
const delayMaxMs = 5_000;

export type MediaFaults = {
  /** Replaces the fault of the same target; one without effect removes it. Holds for clients that join later, too. */
  set(fault: MediaFault): void;
  list(): MediaFault[];
  clear(): void;
  /** Breaks signaling sockets: without a code as a network would, with one as a server would. @returns how many. */
  killSockets(target: FaultTarget, code?: number): number;
};

/** @param externalIdOf a meeting's name as its maker calls it; asked only while some fault is on. */
export function openMediaFaults(
  killSockets: MediaFaults["killSockets"],
  externalIdOf: (meetingId: string) => string | undefined,
) {
  const faults = new Map<string, MediaFault>();
  const keyOf = ({ meetingId = "*", attendeeId = "*", externalMeetingId = "*" }: FaultTarget) =>
    JSON.stringify([meetingId, attendeeId, externalMeetingId]);

  const switches: MediaFaults = {
    set(fault) {
      const lossRate = Math.max(0, Math.min(1, fault.lossRate ?? 0));
      const delayMs = Math.max(0, Math.min(delayMaxMs, fault.delayMs ?? 0));
      if (!fault.blackhole && lossRate === 0 && delayMs === 0) faults.delete(keyOf(fault));
      else faults.set(keyOf(fault), { ...fault, lossRate, delayMs });
    },
    list: () => [...faults.values()],
    clear: () => faults.clear(),
    killSockets,
  };

  /** Asked for every packet: nearly always there is nothing. The nearest target wins. */
  function faultOf(meetingId: string, attendeeId: string): NetworkFault | null {
    if (faults.size === 0) return null;
    const fault =
      faults.get(keyOf({ meetingId, attendeeId })) ??
      faults.get(keyOf({ meetingId })) ??
      faults.get(keyOf({ externalMeetingId: externalIdOf(meetingId) })) ??
      faults.get(keyOf({}));
    if (!fault) return null;
    const { blackhole = false, lossRate = 0, delayMs = 0 } = fault;
    return { blackhole, lossRate, delayMs };
  }
  return { switches, faultOf };
}
