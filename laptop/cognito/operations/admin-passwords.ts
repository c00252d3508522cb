import { z } from "zod";
import { sendCode } from "../codes";
import { poolOf, requireUser } from "../find";
import { revokeAll } from "../grants";
import { admin, name, poolId, secretText } from "../operation";
import { checkPolicy, hashPassword } from "../password";
import { notAuthorized } from "../refuse";

const addressed = z.object({ UserPoolId: poolId, Username: name });

/** Permanent: the user is confirmed. Otherwise it must be changed at the next sign-in. */
export const AdminSetUserPassword = admin(
  addressed.extend({ Password: secretText, Permanent: z.boolean().default(false) }),
  async (cognito, input) => {
    const pool = poolOf(cognito, input.UserPoolId);
    const user = requireUser(pool, input.Username);
    checkPolicy(input.Password);
    user.password = await hashPassword(pool.id, user.sub, input.Password);
    user.status = input.Permanent ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD";
    if (input.Permanent) delete user.temporaryUntil;
    else user.temporaryUntil = cognito.now() + 7 * 24 * 3600_000;
    user.modifiedAt = cognito.now();
    cognito.lock.succeeded(`${pool.id} ${user.sub}`);
    cognito.changed();
    return {};
  },
);

/** Makes a password worthless and mails a code for a new one. */
export const AdminResetUserPassword = admin(addressed, (cognito, input) => {
  const pool = poolOf(cognito, input.UserPoolId);
  const user = requireUser(pool, input.Username);
  if (user.status !== "CONFIRMED" && user.status !== "RESET_REQUIRED")
    notAuthorized("User password cannot be reset in the current state.");
  sendCode(cognito, pool, user, "password");
  user.status = "RESET_REQUIRED";
  user.modifiedAt = cognito.now();
  revokeAll(cognito, pool, user);
  return {};
});

export const AdminConfirmSignUp = admin(addressed, (cognito, input) => {
  const user = requireUser(poolOf(cognito, input.UserPoolId), input.Username);
  if (user.status !== "UNCONFIRMED")
    notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  user.status = "CONFIRMED";
  user.modifiedAt = cognito.now();
  cognito.changed();
  return {};
});
