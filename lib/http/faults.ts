import type { ProblemFacts } from "./problem";

/** What the postgres driver and the server say when nobody is there to answer, or not now: somebody else was writing the same. */
const databaseAway =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|CONNECTION_(CLOSED|ENDED|DESTROYED)|CONNECT_TIMEOUT|08\w{3}|57P0[1-3]|53\w{3}|25006|40001|40P01)$/;

/** What a thrown fault means to a caller: come back soon, or tell us. The cause itself goes to the log only. */
export function faultFacts(fault: unknown): ProblemFacts {
  for (let cause = fault, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth++) {
    if (
      "code" in cause &&
      typeof cause.code === "string" &&
      databaseAway.test(cause.code) &&
      isDatabases(cause)
    )
      return { code: "DATABASE_UNAVAILABLE", retryAfterSeconds: 2 };
  }
  return { code: "FAULT" };
}

/** Sockets fail to others too; those adapters answer with refusals of their own, so only AWS's errors need telling apart. */
function isDatabases(error: Error): boolean {
  return !("$metadata" in error);
}
