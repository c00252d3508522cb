import { randomBytes } from "node:crypto";
import type { Argument, Db } from "@/db/as-actor";
import { recordRefusal } from "@/lib/audit/record-refusal";
import type { Env } from "@/lib/env";
import type { Origin } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Signer } from "@/lib/ports/signer";
import { judgeTimes } from "./claims";
import { codeHashes } from "./find";
import { toVoucher, type VoucherFacts } from "./row";
import { verifyToken } from "./verify-token";
import type { Voucher, VoucherRefusal } from "./voucher";

export type RedeemDeps = {
  db: Db;
  clock: Clock;
  keyring: Keyring;
  signer: Signer;
  env: Pick<Env, "JOIN_BINDING">;
};

export type Presented = ({ token: string } | { code: string }) & {
  /** The browser's secret, or the caller's Idempotency-Key: whoever knows it may repeat. Empty: nobody may. */
  holder: string;
  origin: Origin;
  /** Given, it must be the voucher's own visit; else TOKEN_INVALID or CODE_UNKNOWN, and nothing is spent. */
  visitId?: string;
};

type Spent = { voucher: Voucher; first: boolean };
type Outcome = "first" | "again" | "reused" | "revoked" | "expired" | "early" | "unknown";

/**
 * Spends a voucher. One holder can ever win; it may repeat (`first: false`), even past expiry, until the voucher is revoked.
 * One round trip: the conditional UPDATE and its audit record are one statement (`voucher_redeem`). When it returns `first`, it is committed.
 * Expiry is strict and by the database's clock.
 */
export async function redeemVoucher(
  deps: RedeemDeps,
  presented: Presented,
): Promise<Result<Spent, VoucherRefusal>> {
  const key =
    "token" in presented ? await keyOfToken(deps, presented.token) : ok(keyOfCode(deps, presented.code));
  const spent = key.ok ? await spend(deps, presented, key.value) : key;
  if (!spent.ok) await recordLoss(deps, presented, spent.error);
  return spent;
}

/** How the row is found: its id and nonce, or its code. */
type RowKey = {
  id: string | null;
  codeHashes: Buffer[];
  nonceHashes: Buffer[] | null;
  unknown: "TOKEN_INVALID" | "CODE_UNKNOWN";
};

async function keyOfToken(deps: RedeemDeps, token: string): Promise<Result<RowKey, VoucherRefusal>> {
  const verified = await verifyToken(deps, token);
  if (!verified.ok) return verified;
  const times = judgeTimes(verified.value, deps.clock.now());
  if (times === "invalid") return err({ code: "TOKEN_INVALID" });
  if (times === "early") return err({ code: "TOKEN_NOT_YET_VALID" });
  // Expired or not is the database's to say: the holder who redeemed in time may still repeat.
  const nonceHashes = deps.keyring.hashes("voucher-nonce", verified.value.nonce);
  return ok({ id: verified.value.jti, codeHashes: [], nonceHashes, unknown: "TOKEN_INVALID" });
}

function keyOfCode(deps: RedeemDeps, code: string): RowKey {
  return { id: null, codeHashes: codeHashes(deps.keyring, code), nonceHashes: null, unknown: "CODE_UNKNOWN" };
}

async function spend(
  deps: RedeemDeps,
  presented: Presented,
  key: RowKey,
): Promise<Result<Spent, VoucherRefusal>> {
  const holder = presented.holder || randomBytes(32).toString("hex");
  const args: Argument[] = [
    key.id,
    key.codeHashes,
    key.nonceHashes,
    presented.visitId ?? null,
    deps.keyring.hashes("holder", holder),
    presented.origin.ip.slice(0, 45),
    presented.origin.userAgent.slice(0, 512),
    deps.env.JOIN_BINDING === "strict",
  ];
  const [row] = await deps.db.call<{ outcome: Outcome } & VoucherFacts>("voucher_redeem", args);
  if (!row) throw new Error("voucher_redeem always answers one row");
  return answer(row, key.unknown);
}

function answer(
  row: { outcome: Outcome } & VoucherFacts,
  unknown: RowKey["unknown"],
): Result<Spent, VoucherRefusal> {
  switch (row.outcome) {
    case "first":
    case "again":
      return ok({ voucher: toVoucher(row), first: row.outcome === "first" });
    case "reused":
      return err({ code: "TOKEN_REUSED", voucher: toVoucher(row) });
    case "revoked":
      return err({ code: "TOKEN_REVOKED", voucher: toVoucher(row) });
    case "expired":
      return err({ code: "TOKEN_EXPIRED", voucher: toVoucher(row) });
    case "early":
      return err({ code: "TOKEN_NOT_YET_VALID" });
    case "unknown":
      return err({ code: unknown });
  }
}

/** Losing is recorded apart from winning: a refusal rolls nothing back, and a flood of them is counted rather than written one by one. */
async function recordLoss(deps: RedeemDeps, presented: Presented, refusal: VoucherRefusal): Promise<void> {
  const voucher = "voucher" in refusal ? refusal.voucher : null;
  await recordRefusal(deps, {
    event: refusal.code === "TOKEN_REUSED" ? "TOKEN_REUSED" : "TOKEN_REFUSED",
    actor: { kind: "anonymous", origin: presented.origin },
    visitId: voucher?.visitId,
    tokenId: voucher?.id,
    errorCode: refusal.code,
  });
}
