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

  follow(row: StoredRow): void {
    this.rows += 1;
    if (this.finding) return;
    const expected = this.seq + 1;
    if (row.seq > expected) return this.#find("removed", expected, null);
    if (row.seq < expected) return this.#find("added", row.seq, row.id);
    if (!hashOf(row, row.prev_hash).equals(row.hash) || !row.keeps_seven_years)
      return this.#find("changed", row.seq, row.id);
    if (!row.prev_hash.equals(this.#hash))
      return this.#find("does not follow the row before", row.seq, row.id);
    const waypoint = this.#waypoints.get(row.seq);
    if (waypoint && !waypoint.hash.equals(row.hash)) return this.#find(waypoint.problem, row.seq, row.id);
    this.seq = row.seq;
    this.#hash = row.hash;
  }

  /** @param atLeast the head as it was before the rows were read; @param atMost as it was afterwards. */
  close(atLeast: number, atMost: number): void {
    if (this.finding) return;
    const last = Math.max(atLeast, ...this.#waypoints.keys());
    if (this.seq < last) this.#find("tail removed", this.seq + 1, null);
    else if (this.seq > atMost) this.#find("added", atMost + 1, null);
  }

  #find(problem: Finding["problem"], seq: number, id: string | null): void {
    this.finding = { stream: this.stream, seq, id, problem };
  }
}
