import { recordAudit } from "@/lib/audit/record";
import type { DoorDeps } from "@/lib/http/deps";
import type { Actor } from "@/lib/kernel/actor";
import { endLogin } from "./api-logins";
import { revokeAtCognito } from "./other-sign-ins";
import type { Principal } from "./verify-access-token";

/** Ends the sign-in of an access token: the token is refused from this commit on, whatever Cognito answers; then its refresh token is revoked. */
export async function logOutCaller(
  deps: DoorDeps,
  { actor, principal }: { actor: Actor; principal: Principal },
): Promise<void> {
  const refreshToken = await deps.db.asActor({ kind: "system", name: "door" }, async (tx) => {
    await recordAudit(tx, { event: "SIGN_OUT", actor, metadata: { client: "api" } });
    return endLogin(deps, tx, principal);
  });
  if (refreshToken) await revokeAtCognito(deps, [{ client: "api", refreshToken }]);
}
