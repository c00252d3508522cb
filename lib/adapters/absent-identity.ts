import { err } from "@/lib/kernel/result";
import type { Identity } from "@/lib/ports/identity";

const absent = async () => err({ code: "IDENTITY_NOT_CONFIGURED" } as const);

/** Where no user pool is configured: every question is answered by that, so that nobody is let in and nobody is told that they were wrong. */
export const absentIdentity: Identity = {
  signIn: absent,
  answerChallenge: absent,
  refresh: absent,
  revoke: absent,
  user: absent,
  signUp: absent,
  confirmSignUp: absent,
  resendCode: absent,
  forgotPassword: absent,
  resetPassword: absent,
  changePassword: absent,
  beginTotp: absent,
  finishTotp: absent,
  stopTotp: absent,
  signOutEverywhere: absent,
  endSignInsOf: absent,
  find: absent,
  setTotp: absent,
  setStanding: absent,
  ensureUser: absent,
};
