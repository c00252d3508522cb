import "server-only";
import { cache } from "react";
import { ownSession } from "@/lib/auth/require-staff";
import { type OwnDetails, readOwnDetails } from "@/lib/own-record/own-details";

/** Whose record the browser that asks is signed in to; null: nobody's. One look for a request, shared by its language and its page. */
export const seeOwn = cache(async (): Promise<OwnDetails | null> => {
  const own = await ownSession();
  return own && own.session.kind === "customer" ? readOwnDetails(own.deps, own.actor) : null;
});
