import { randomUUID } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { textConsents } from "@/db/schema";
import type { Keyring } from "@/lib/keyring/keyring";

export type Consent = typeof textConsents.$inferSelect;
type Deps = { keyring: Keyring };

/** What this number (E.164) asked of us, if it ever asked anything. Needs the system's rights: the rows are nobody's but ours. */
export async function findConsent({ keyring }: Deps, tx: Tx, number: string): Promise<Consent | null> {
  const [row] = await tx
    .select()
    .from(textConsents)
    .where(inArray(textConsents.numberHash, keyring.hashes("phone-number", number)));
  return row ?? null;
}

export const isOptedOut = (consent: Consent | null): boolean =>
  Boolean(consent?.optedOutAt && (!consent.optedInAt || consent.optedInAt < consent.optedOutAt));

/** Writes down what a number asked for. The first word of a number makes its row. */
export async function noteConsent(
  { keyring }: Deps,
  tx: Tx,
  number: string,
  change: Partial<Pick<Consent, "optedOutAt" | "optedInAt" | "helpedAt" | "unreadAt">>,
): Promise<void> {
  const known = await findConsent({ keyring }, tx, number);
  if (known) {
    await tx.update(textConsents).set(change).where(eq(textConsents.id, known.id));
    return;
  }
  const id = randomUUID();
  await tx.insert(textConsents).values({
    id,
    numberHash: keyring.hash("phone-number", number),
    sealedNumber: keyring.seal("phone-number", number, `text-consent ${id}`),
    ...change,
  });
}
