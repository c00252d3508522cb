import type { Measured } from "@/lib/kernel/measured";

const place = "vouchsafe.report";

/**
 * What a call measured, kept in this tab alone, so that a reload after its end doesn't cost a trouble report its numbers. Numbers, and names
 * of fixed lists; the server takes nothing else. Storage that is missing or throws keeps nothing.
 */
export function keptReport(
  storage: () => Pick<Storage, "getItem" | "setItem"> | null = () => sessionStorage,
) {
  return {
    remember(seatId: string, measured: Measured): void {
      try {
        storage()?.setItem(place, JSON.stringify({ seatId, measured }));
      } catch {
        // A full or forbidden storage costs the numbers of one report.
      }
    },
    /** Null: nothing of this seat's call. */
    recall(seatId: string): Measured | null {
      try {
        const kept: unknown = JSON.parse(storage()?.getItem(place) ?? "null");
        if (typeof kept !== "object" || kept === null) return null;
        const { seatId: of, measured } = kept as { seatId?: unknown; measured?: Measured };
        return of === seatId && typeof measured === "object" ? measured : null;
      } catch {
        return null; // unreadable is as good as nothing
      }
    },
  };
}
