/** True if the database refused because the clinician has another visit then (`video_visits_no_double_booking`, SQLSTATE 23P01). */
export function isDoubleBooking(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const { code, constraint_name } = error as { code?: unknown; constraint_name?: unknown };
    if (code === "23P01" && constraint_name === "video_visits_no_double_booking") return true;
  }
  return false;
}
