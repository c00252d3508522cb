import { type Access, access } from "@/lib/auth/access";
import { authRefusals } from "@/lib/auth/actor-from";
import type { Described } from "./described";
import { problemOf } from "./problem";
import type { ProblemCode } from "./refusal-words";

/** A fault is no refusal of a door, and may come from any: `faultFacts`, and a process that is not ready yet. */
export const faults: readonly ProblemCode[] = ["FAULT", "DATABASE_UNAVAILABLE", "NOT_READY"];

/**
 * Every code that a door may refuse with, and its statuses (two, where a link's holder and a signed-in caller get different ones). What comes
 * before a use case is known from the table and the schemas; the rest is what the door says of its own. Liveness has no limits and refuses nobody.
 */
export function refusalsOf(described: Described): Map<ProblemCode, number[]> {
  const { route, body, query, form, refuses = [], refused } = described;
  const rule: Access = access[route];
  const open = "open" in rule;
  const read = route.startsWith("GET ");
  if (route === "GET /api/health") return new Map();
  const codes = new Set<ProblemCode>([
    "IDEMPOTENCY_KEY_INVALID",
    ...authRefusals.filter(
      (code) => !(open && code === "SIGN_IN_REQUIRED") && !(read && code === "CROSS_SITE_REFUSED"),
    ),
    ...(route.includes("[")
      ? ([route.includes("[roomId]") ? "ROOM_UNKNOWN" : "VISIT_UNKNOWN"] as const)
      : []),
    ...(read ? [] : (["BODY_MALFORMED", "BODY_TOO_LARGE"] as const)),
    ...(query || (body && !form) ? (["INPUT_INVALID"] as const) : []),
    ...refuses,
  ]);
  const statusOf = (code: ProblemCode, audience: "link" | "caller"): number => {
    const status = refused?.({ code }).status;
    return typeof status === "number" ? status : problemOf({ code }, audience).status;
  };
  return new Map(
    [...codes].map((code) => [
      code,
      [...new Set([statusOf(code, "caller"), ...(open ? [statusOf(code, "link")] : [])])],
    ]),
  );
}
