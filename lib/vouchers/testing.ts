import type { Db } from "@/db/as-actor";
import { makeVisit, system } from "@/db/testing/people";
import { type Clock, systemClock } from "@/lib/kernel/clock";
import type { Party } from "@/lib/kernel/party";
import type { Keyring } from "@/lib/keyring/keyring";
import { openKeyring } from "@/lib/keyring/open-keyring";
import { memoryCipher } from "@/lib/ports/testing/memory-cipher";
import { memorySigner } from "@/lib/ports/testing/memory-signer";
import { issueVoucher } from "./issue";

export const origin = { ip: "198.51.100.4", userAgent: "Test/1.0" };

/** What the voucher use cases ask for, on a real database with a vault in memory. Needs a database whose keyring this vault makes. */
export async function voucherDeps(db: Db, clock: Clock = systemClock, keyring?: Keyring) {
  return {
    db,
    clock,
    signer: memorySigner(),
    keyring: keyring ?? (await openKeyring({ db, cipher: memoryCipher() })),
    env: { JOIN_BINDING: "browser" as "browser" | "strict", JOIN_CODE_LENGTH: 8 },
  };
}
export type VoucherTestDeps = Awaited<ReturnType<typeof voucherDeps>>;

/** A voucher for a visit of its own, or for the one named. */
export async function issueOne(
  deps: VoucherTestDeps,
  given: { visitId?: string; subject?: string; party?: Party; ttlSeconds?: number } = {},
) {
  const visit = given.visitId ? null : await makeVisit(deps.db);
  const visitId = given.visitId ?? visit!.visitId;
  const issued = await deps.db.asActor(system, (tx) =>
    issueVoucher(deps, tx, {
      kind: "visit-link",
      visitId,
      party: given.party ?? "patient",
      subject: given.subject ?? visit?.patientId ?? visitId,
      expiresAt: new Date(deps.clock.now().getTime() + (given.ttlSeconds ?? 1200) * 1000),
      actor: system,
    }),
  );
  return { ...issued, visitId };
}
