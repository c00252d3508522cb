import { z } from "zod";
import { readAttributes, showAttributes } from "../attributes";
import { revokeAll } from "../grants";
import { mfaOf } from "../mfa-of";
import { attributes, open, secretText, token } from "../operation";
import { checkPolicy, hashPassword, passwordMatches } from "../password";
import { notAuthorized } from "../refuse";
import { readAccessToken } from "../tokens";

/** What the holder of an access token may see and do for themselves. */
const mine = z.object({ AccessToken: token });

export const GetUser = open(mine, async (cognito, input) => {
  const { user } = await readAccessToken(cognito, input.AccessToken);
  return { Username: user.sub, UserAttributes: showAttributes(user), ...mfaOf(user) };
});

export const UpdateUserAttributes = open(
  mine.extend({ UserAttributes: attributes }),
  async (cognito, input) => {
    const { user } = await readAccessToken(cognito, input.AccessToken);
    const given = readAttributes(input.UserAttributes);
    // The address is the user's name here, so only an administrator may change it.
    if (given.email !== undefined || given.emailVerified !== undefined)
      notAuthorized("A client attempted to write unauthorized attribute");
    Object.assign(user.attributes, given.attributes);
    user.modifiedAt = cognito.now();
    cognito.changed();
    return { CodeDeliveryDetailsList: [] };
  },
);

export const ChangePassword = open(
  mine.extend({ PreviousPassword: secretText, ProposedPassword: secretText }),
  async (cognito, input) => {
    const { pool, user } = await readAccessToken(cognito, input.AccessToken);
    const lockKey = `${pool.id} ${user.sub}`;
    cognito.lock.check(lockKey);
    checkPolicy(input.ProposedPassword);
    if (!(await passwordMatches(user.password, input.PreviousPassword))) {
      cognito.lock.failed(lockKey);
      notAuthorized();
    }
    user.password = await hashPassword(pool.id, user.sub, input.ProposedPassword);
    user.modifiedAt = cognito.now();
    cognito.changed();
    return {};
  },
);

/** "Sign out everywhere": every refresh token is dead, and every access token as far as we are asked. */
export const GlobalSignOut = open(mine, async (cognito, input) => {
  const { pool, user } = await readAccessToken(cognito, input.AccessToken);
  revokeAll(cognito, pool, user);
  return {};
});

export const DeleteUser = open(mine, async (cognito, input) => {
  const { pool, user } = await readAccessToken(cognito, input.AccessToken);
  revokeAll(cognito, pool, user);
  pool.users.delete(user.sub);
  cognito.changed();
  return {};
});
