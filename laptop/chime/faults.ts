import type { NetworkFault } from "./ice/ice-lite";

/** Whose media goes wrong: one attendee's, a whole meeting's, or everybody's. */
export type FaultTarget = { meetingId?: string; attendeeId?: string };
export type MediaFault = FaultTarget & Partial<NetworkFault>;

export type MediaFaults = {
  /** Replaces the fault of the same target; one without effect removes it. Holds for clients that join later, too. */
  set(fault: MediaFault): void;
  list(): MediaFault[];
  clear(): void;
  /** Breaks signaling sockets: without a code as a network would, with one as a server would. @returns how many. */
  killSockets(target: FaultTarget, code?: number): number;
};

export function openMediaFaults(killSockets: MediaFaults["killSockets"]) {
  const faults = new Map<string, MediaFault>();
  const keyOf = ({ meetingId = "*", attendeeId = "*" }: FaultTarget) => `${meetingId}/${attendeeId}`;

  const switches: MediaFaults = {
    set(fault) {
      const lossRate = Math.max(0, Math.min(1, fault.lossRate ?? 0));
      if (!fault.blackhole && lossRate === 0) faults.delete(keyOf(fault));
      else faults.set(keyOf(fault), { ...fault, lossRate });
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
      faults.get(keyOf({}));
    return fault ? { blackhole: fault.blackhole === true, lossRate: fault.lossRate ?? 0 } : null;
  }
  return { switches, faultOf };
}
