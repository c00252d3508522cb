import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers } from "@/db/schema";
import type { Env } from "@/lib/env";
import type { Actor } from "@/lib/kernel/actor";
import { enqueueOwn } from "@/lib/notifications/enqueue";
import type { CallDeps } from "./deps";

export type TextDeps = Pick<CallDeps, "clock" | "keyring"> & { env: Pick<Env, "NEXT_PUBLIC_APP_URL"> };

/** A text to the number on file, with the way to the page and nothing of the person or the matter. @param asked.uselessAt after that it would only puzzle. */
export async function textOfCallback(
  deps: TextDeps,
  tx: Tx,
  asked: {
    template: "callback" | "callback-missed" | "callback-expired";
    customerId: string;
    uselessAt: Date;
    actor: Actor;
  },
): Promise<void> {
  const { customerId, ...message } = asked;
  const [person] = await tx
    .select({ phone: customers.phone, locale: customers.locale })
    .from(customers)
    .where(eq(customers.id, customerId));
  if (!person?.phone) return;
  const link = `${deps.env.NEXT_PUBLIC_APP_URL}/support`;
  await enqueueOwn(deps, tx, { ...message, to: person.phone, locale: person.locale, link });
}
