import { randomUUID } from "node:crypto";
import { err, ok } from "@/lib/kernel/result";
import type { Texter, TexterRefusal } from "../texter";
import { Crash } from "./faults";

export type MemoryTexter = Texter & {
  sent: { key: string; to: string; body: string }[];
  /** The next sends are refused so, oldest first. `crash`: the process dies after the text went out. */
  refuse(...refusals: (TexterRefusal | "crash")[]): void;
};

/** A telephone network without one, for tests. */
export function memoryTexter(): MemoryTexter {
  const sent: MemoryTexter["sent"] = [];
  const refusals: (TexterRefusal | "crash")[] = [];
  return {
    sent,
    refuse: (...more) => {
      refusals.push(...more);
    },
    async send({ key, to, body }) {
      const refusal = refusals.shift();
      if (refusal && refusal !== "crash") return err(refusal);
      sent.push({ key, to, body });
      if (refusal === "crash") throw new Crash("the process died after sending");
      return ok({ messageId: randomUUID() });
    },
  };
}
