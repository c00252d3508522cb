import type { Db } from "@/db/as-actor";
import type { Env } from "@/lib/env";
import type { Clock } from "@/lib/kernel/clock";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Log } from "@/lib/log";
import type { Identity } from "@/lib/ports/identity";

/** What opening, reading, renewing and closing a browser's session needs. */
export type SessionDeps = { env: Env; clock: Clock; db: Db; keyring: Keyring; identity: Identity; log: Log };
