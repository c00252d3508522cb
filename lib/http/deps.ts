import type { AccountLimits } from "@/lib/accounts/account-limits";
import { evenPaceMs } from "@/lib/accounts/even-pace";
import { type KeyLimits, openKeyLimits } from "@/lib/auth/key-limits";
import { openSignInLimits, type SignInLimits } from "@/lib/auth/sign-in-limits";
import { cognitoAccessTokens, type VerifyAccessToken } from "@/lib/auth/verify-access-token";
import { callbackChangedChannel, supportCallChangedChannel } from "@/lib/kernel/change-channels";
import type { GuessLimits } from "@/lib/limits/guess-limits";
import { roomChangedChannel } from "@/lib/rooms/changed";
import { type Container, deps } from "@/lib/wiring/container";
import { openAccountLimits } from "./account-limits";
import type { Described } from "./described";
import { type FloodLimits, openFloodLimits } from "./flood";
import { postgresCounters } from "./limit-store";
import { openGuessLimits } from "./limits";
import { openVisitFeed, type VisitFeed } from "./visit-feed";

/** What a door needs beside the container: its limits, and the reader of access tokens. */
export type DoorDeps = Container & {
  guessLimits: GuessLimits;
  signInLimits: SignInLimits;
  keyLimits: KeyLimits;
  accountLimits: AccountLimits;
  paceMs: number;
  floodLimits: FloodLimits;
  verifyAccessToken: VerifyAccessToken;
  visitFeed: VisitFeed;
  roomFeed: VisitFeed;
  supportCallFeed: VisitFeed;
  /** By customer. */
  callbackFeed: VisitFeed;
  /** Tests alone: holds what a door answers against what it says of itself. */
  proveAnswer?(described: Described, response: Response): Promise<void>;
};

const shared = globalThis as typeof globalThis & { vouchsafeDoors?: WeakMap<Container, DoorDeps> };

/** One for the process, for Next loads modules more than once. Throws while the database or the vault cannot be reached. */
export async function doorDeps(): Promise<DoorDeps> {
  const container = await deps();
  shared.vouchsafeDoors ??= new WeakMap();
  const known = shared.vouchsafeDoors.get(container);
  if (known) return known;
  const opened = openDoorDeps(container);
  shared.vouchsafeDoors.set(container, opened);
  return opened;
}

function openDoorDeps(container: Container): DoorDeps {
  const { env, clock, keyring, db } = container;
  const counters = postgresCounters(db.rateLimitStore);
  const hash = (text: string) => keyring.hash("rate-limit", text).toString("base64url");
  const now = () => clock.now().getTime();
  return {
    ...container,
    guessLimits: openGuessLimits({ counters, hash, now }),
    signInLimits: openSignInLimits({ counters, hash }),
    keyLimits: openKeyLimits({ counters, hash }),
    accountLimits: openAccountLimits({ counters, hash }),
    paceMs: evenPaceMs,
    floodLimits: openFloodLimits(env.CLOUD === "local"),
    verifyAccessToken: cognitoAccessTokens(container),
    visitFeed: openVisitFeed(db),
    roomFeed: openVisitFeed(db, roomChangedChannel),
    supportCallFeed: openVisitFeed(db, supportCallChangedChannel),
    callbackFeed: openVisitFeed(db, callbackChangedChannel),
  };
}
