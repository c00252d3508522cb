import type { Db } from "@/db/as-actor";
import type { Cipher } from "@/lib/ports/cipher";
import type { Keyring } from "./keyring";

/** Opens the installation's keyring; the first process ever to do so makes its first key. */
export declare function openKeyring(deps: { db: Db; cipher: Cipher }): Promise<Keyring>;
