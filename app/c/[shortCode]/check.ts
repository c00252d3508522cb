import "server-only";
import { cache } from "react";
import { requestOrigin } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import type { CheckDoor } from "@/lib/visits/answers";
import { lookAtCheck } from "@/lib/visits/look-at-check";

/** One look for a request, shared by its language and its page. */
export const seeCheck = cache(async (code: string): Promise<CheckDoor> => {
  const [deps, origin] = await Promise.all([doorDeps(), requestOrigin()]);
  return lookAtCheck(deps, { code, origin });
});
