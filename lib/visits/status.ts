export const visitStatuses = ["SCHEDULED", "ACTIVE", "COMPLETED", "CANCELLED", "NO_SHOW"] as const;
export type VisitStatus = (typeof visitStatuses)[number];

/** The instants from which a visit's status follows; the status itself is never stored, so the two cannot disagree. */
export type VisitInstants = {
  startedAt: Date | null;
  endedAt: Date | null;
  cancelledAt: Date | null;
  noShowAt: Date | null;
};

/** Closed states win over open ones: nothing reopens a visit. */
export function statusOf(visit: VisitInstants): VisitStatus {
  if (visit.cancelledAt) return "CANCELLED";
  if (visit.endedAt) return "COMPLETED";
  if (visit.noShowAt) return "NO_SHOW";
  return visit.startedAt ? "ACTIVE" : "SCHEDULED";
}

export function isOpen(status: VisitStatus): status is "SCHEDULED" | "ACTIVE" {
  return status === "SCHEDULED" || status === "ACTIVE";
}
