import { sql } from "drizzle-orm";
import type { DoorDeps } from "./deps";

export type Readiness = { ready: boolean; checks: Record<string, "ok" | "failed"> };

/**
 * Can this process do its work now? Each check is bounded to two seconds; the reasons go to the log and not to strangers.
 * The vault's check asks for the signing key, without which no link can be made.
 */
export async function readiness(deps: DoorDeps): Promise<Readiness> {
  const probes: Record<string, () => Promise<unknown>> = {
    // asActor also refuses a database whose commits would not be durable.
    database: () => deps.db.asActor({ kind: "system", name: "door" }, (tx) => tx.execute(sql`SELECT 1`)),
    keyring: async () => deps.keyring.hash("rate-limit", "ready"),
    vault: () => deps.signer.currentKeyId(),
  };
  const checks = await Promise.all(
    Object.entries(probes).map(async ([name, probe]) => {
      try {
        await within(2_000, probe());
        return [name, "ok"] as const;
      } catch (error) {
        deps.log.error({ err: error, check: name }, "not ready");
        return [name, "failed"] as const;
      }
    }),
  );
  return { ready: checks.every(([, state]) => state === "ok"), checks: Object.fromEntries(checks) };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
