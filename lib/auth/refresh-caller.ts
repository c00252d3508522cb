import type { DoorDeps } from "@/lib/http/deps";
import type { Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type IdentityRefusal, isAway, type Tokens } from "@/lib/ports/identity";
import { loginState, noteLogin } from "./api-logins";
import { findPerson } from "./people";
import { refuse } from "./sign-in";

/**
 * New tokens for a caller's refresh token. A login that was ended here gets none, even while Cognito never heard of it; nor does a suspended
 * colleague. All refusals are one.
 */
export async function refreshCaller(
  deps: DoorDeps,
  { refreshToken, origin }: { refreshToken: string; origin: Origin },
): Promise<Result<Tokens, IdentityRefusal | { code: "REFRESH_REFUSED" }>> {
  const no = () => refuse(deps, { client: "api", origin }, { code: "REFRESH_REFUSED" } as const);
  const renewed = await deps.identity.refresh({ client: "api", refreshToken });
  if (!renewed.ok) return isAway(renewed.error) ? err(renewed.error) : no();
  const verified = await deps.verifyAccessToken(renewed.value.accessToken);
  if (!verified.ok) throw new Error(`Cognito issued an access token that we refuse: ${verified.error.code}`);
  const principal = verified.value;
  const welcome = await deps.db.asActor({ kind: "system", name: "door" }, async (tx) => {
    const { ended, secondStep } = await loginState(deps, tx, principal);
    if (ended || (await findPerson(tx, principal.sub))?.suspended) return false;
    await noteLogin(deps, tx, { principal, refreshToken: renewed.value.refreshToken, secondStep });
    return true;
  });
  if (welcome) return ok(renewed.value);
  await deps.identity.revoke({ client: "api", refreshToken: renewed.value.refreshToken });
  return no();
}
