import { principalRefusals, readPrincipal } from "@/lib/auth/actor-from";
import { logOutCaller } from "@/lib/auth/log-out-caller";
import { accountRefusal } from "@/lib/http/account-refusal";
import { done } from "@/lib/http/answers/account";
import { endpoint } from "@/lib/http/endpoint";
import { ok } from "@/lib/kernel/result";

export const POST = endpoint({
  route: "POST /auth/logout",
  summary:
    "Ends the sign-in of the access token, which is refused from then on, and its refresh token (seed 3).",
  answer: done,
  refuses: principalRefusals,
  refused: accountRefusal,
  run: async ({ deps, request, actor }) => {
    const proof = await readPrincipal(deps, request.headers);
    if (!proof.ok) return proof;
    await logOutCaller(deps, { actor, principal: proof.value.principal });
    return ok({ success: true, message: "User logged out successfully" });
  },
});
