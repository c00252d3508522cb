import type { PlaceInLine } from "@/lib/ports/contact-centre";
import type { Customer } from "./deps";
import { lookAtOwnCall, readOwnCallNow } from "./follow-own-call";

type Deps = Parameters<typeof lookAtOwnCall>[0];

/** Between two questions to the contact centre. Milliseconds. */
const everyMs = 900;

/**
 * A call's page as long as it is open. What our own desk does is told by the database at once; the contact centre is asked beside that, about its place in
 * line and about what was done elsewhere, and nobody waits for its answer.
 */
export function watchOwnCall(deps: Deps, asked: { customer: Customer; callId: string }) {
  let place: PlaceInLine | null = null;
  let looking = false;

  async function look(changed: () => void): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const looked = await lookAtOwnCall(deps, asked);
      if (!looked || isSame(looked.place, place)) return;
      place = looked.place;
      changed();
    } catch (error) {
      // The next one asks again.
      deps.log.warn({ err: error, callId: asked.callId }, "a call could not be looked at");
    } finally {
      looking = false;
    }
  }

  return {
    read: (customer: Customer) => readOwnCallNow(deps, { ...asked, customer }, place),
    /** @returns how to stop, which stops `beside` too. */
    start(changed: () => void, beside: () => void): () => void {
      const timer = setInterval(() => void look(changed), everyMs);
      void look(changed);
      return () => {
        clearInterval(timer);
        beside();
      };
    },
  };
}

const isSame = (one: PlaceInLine | null, other: PlaceInLine | null) =>
  one?.position === other?.position && one?.waitSeconds === other?.waitSeconds;
