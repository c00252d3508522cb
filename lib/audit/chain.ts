import { type ChainRow, genesis, hashOf } from "./canonical";

export type StoredRow = ChainRow & { prev_hash: Buffer; hash: Buffer; keeps_seven_years: boolean };
export type Head = { stream: number; seq: number; hash: Buffer };

/** The first thing wrong in one chain. `seq` is where; `id` names the row, if there is one. */
export type Finding = {
  stream: number;
  seq: number;
  id: string | null;
  problem:
    | "changed"
    | "removed"
    | "tail removed"
    | "added"
    | "does not follow the row before"
    | "head removed"
    | "differs from the anchor";
};

/** Follows one chain row by row. After its first finding it says no more: all that follows would look wrong too. */
export class Chain {
  seq = 0;
  rows = 0;
  finding: Finding | null = null;
  #hash: Buffer = genesis;
  /** Points that the chain must pass through. */
  #waypoints = new Map<number, { hash: Buffer; problem: Finding["problem"] }>();

  constructor(readonly stream: number) {}

  mustPass(at: { seq: number; hash: Buffer }, problem: Finding["problem"]): void {
    if (at.seq > 0) this.#waypoints.set(at.seq, { hash: at.hash, problem });
  }

  /** Goes on behind a row that was followed before; what was wrong then stays the chain's one finding. */
  resume(last: { seq: number; hash: Buffer }, finding: Finding | undefined): void {
    this.seq = last.seq;
    this.#hash = last.hash;
    this.finding = finding ?? null;
  }

  follow(row: StoredRow): void {
    this.rows += 1;
    if (this.finding) return;
    this.finding = this.#judge(row);
    this.seq = row.seq;
    this.#hash = row.hash;
  }

  #judge(row: StoredRow): Finding | null {
    const { stream, seq, id } = row;
    const expected = this.seq + 1;
    if (seq > expected) return { stream, seq: expected, id: null, problem: "removed" };
    if (seq < expected) return { stream, seq, id, problem: "added" };
    if (!hashOf(row, row.prev_hash).equals(row.hash) || !row.keeps_seven_years)
      return { stream, seq, id, problem: "changed" };
    if (!row.prev_hash.equals(this.#hash))
      return { stream, seq, id, problem: "does not follow the row before" };
    const waypoint = this.#waypoints.get(seq);
    if (waypoint && !waypoint.hash.equals(row.hash)) return { stream, seq, id, problem: waypoint.problem };
    return null;
  }

  /** @param atLeast the head as it was before the rows were read; @param atMost as it was afterwards. */
  close(atLeast: number, atMost: number): void {
    if (this.finding) return;
    const last = Math.max(atLeast, ...this.#waypoints.keys());
    const { stream, seq } = this;
    if (seq < last) this.finding = { stream, seq: seq + 1, id: null, problem: "tail removed" };
    else if (seq > atMost) this.finding = { stream, seq: atMost + 1, id: null, problem: "added" };
  }
}
