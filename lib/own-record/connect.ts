import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Owner } from "./deps";

/** 409 `RECORD_CONNECTED`: that record has an account; `ACCOUNT_CONNECTED`: that account has another record. 403: a colleague's account. */
export type ConnectRefusal =
  | { code: "RECORD_CONNECTED" }
  | { code: "ACCOUNT_CONNECTED" }
  | { code: "PATIENTS_ONLY" };
export type CustomerRow = typeof customers.$inferSelect;

/** Held until the transaction ends: whoever connects, invites to or disconnects a record waits for whoever does so already. */
export async function lockRecord(tx: Tx, customerId: string): Promise<CustomerRow | null> {
  const [row] = await tx.select().from(customers).where(eq(customers.id, customerId)).for("update");
  return row ?? null;
}

/** Makes a record the account's, which was proved to be its patient's. The record is locked by the caller. */
export async function connect(
  tx: Tx,
  { record, owner, by }: { record: CustomerRow; owner: Owner; by: "invitation" | "code" },
): Promise<Result<void, ConnectRefusal>> {
  const { patient, sub } = owner;
  if (patient.role !== "customer") return err({ code: "PATIENTS_ONLY" });
  if (record.sub) return err({ code: "RECORD_CONNECTED" });
  const [other] = await tx.select({ id: customers.id }).from(customers).where(eq(customers.sub, sub));
  if (other) return err({ code: "ACCOUNT_CONNECTED" });
  await tx.update(customers).set({ sub }).where(eq(customers.id, record.id));
  await recordAudit(tx, {
    event: "RECORD_CONNECTED",
    actor: patient,
    metadata: { customerId: record.id, by },
  });
  return ok(undefined);
}

/** Two records reached for one account at once: its `sub` stands once in the table, so one of them got it (SQLSTATE 23505). */
export function isTaken(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const { code, constraint_name } = error as { code?: unknown; constraint_name?: unknown };
    if (code === "23505" && constraint_name === "customers_sub_key") return true;
  }
  return false;
}
