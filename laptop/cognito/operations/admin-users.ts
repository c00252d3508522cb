import { randomUUID } from "node:crypto";
import { z } from "zod";
import { readAttributes, readEmail, showAttributes } from "../attributes";
import { findUser, poolOf, requireUser } from "../find";
import { revokeAll } from "../grants";
import { mfaOf } from "../mfa-of";
import { admin, attributes, name, poolId, secretText } from "../operation";
import { checkPolicy, hashPassword, temporaryPassword } from "../password";
import { refuse } from "../refuse";
import { describeUser } from "../show";
import type { User } from "../state";

const temporaryMs = 7 * 24 * 3600_000;
const addressed = z.object({ UserPoolId: poolId, Username: name });

/** Invites somebody: a temporary password by mail (unless suppressed) that must be changed at first sign-in, within 7 days. */
export const AdminCreateUser = admin(
  addressed.extend({
    TemporaryPassword: secretText.optional(),
    UserAttributes: attributes.optional(),
    MessageAction: z.enum(["SUPPRESS", "RESEND"]).optional(),
  }),
  async (cognito, input) => {
    const pool = poolOf(cognito, input.UserPoolId);
    const email = readEmail(input.Username);
    const given = readAttributes(input.UserAttributes);
    const chosen = input.TemporaryPassword ?? temporaryPassword();
    checkPolicy(chosen);
    const resending = input.MessageAction === "RESEND";
    const sub = (resending ? requireUser(pool, email).sub : undefined) ?? randomUUID();
    const password = await hashPassword(pool.id, sub, chosen);
    const now = cognito.now();
    const existing = findUser(pool, email);
    if (existing && !resending) refuse("UsernameExistsException", "User account already exists");
    if (existing && existing.status !== "FORCE_CHANGE_PASSWORD")
      refuse("UnsupportedUserStateException", `Resend not possible. ${email} status is ${existing.status}`);
    const user: User = existing ?? {
      sub,
      email,
      emailVerified: given.emailVerified ?? false,
      attributes: given.attributes,
      status: "FORCE_CHANGE_PASSWORD",
      enabled: true,
      groups: [],
      password,
      codes: {},
      createdAt: now,
      modifiedAt: now,
    };
    user.password = password;
    user.temporaryUntil = now + temporaryMs;
    user.modifiedAt = now;
    pool.users.set(user.sub, user);
    cognito.changed();
    if (input.MessageAction !== "SUPPRESS")
      cognito.deliver({
        to: email,
        subject: "Your temporary password",
        text: `Your username is ${email} and temporary password is ${chosen} (good for 7 days).`,
      });
    return { User: describeUser(user) };
  },
);

export const AdminGetUser = admin(addressed, (cognito, input) => {
  const user = requireUser(poolOf(cognito, input.UserPoolId), input.Username);
  const { Attributes: _, ...described } = describeUser(user);
  return { ...described, UserAttributes: showAttributes(user), ...mfaOf(user) };
});

export const AdminDeleteUser = admin(addressed, (cognito, input) => {
  const pool = poolOf(cognito, input.UserPoolId);
  const user = requireUser(pool, input.Username);
  revokeAll(cognito, pool, user);
  pool.users.delete(user.sub);
  cognito.changed();
  return {};
});

/** Nobody disabled signs in or refreshes, and what they hold is revoked. */
export const AdminDisableUser = admin(addressed, (cognito, input) => {
  const pool = poolOf(cognito, input.UserPoolId);
  const user = requireUser(pool, input.Username);
  user.enabled = false;
  user.modifiedAt = cognito.now();
  revokeAll(cognito, pool, user);
  return {};
});

export const AdminEnableUser = admin(addressed, (cognito, input) => {
  const user = requireUser(poolOf(cognito, input.UserPoolId), input.Username);
  user.enabled = true;
  user.modifiedAt = cognito.now();
  cognito.changed();
  return {};
});

export const AdminUserGlobalSignOut = admin(addressed, (cognito, input) => {
  const pool = poolOf(cognito, input.UserPoolId);
  revokeAll(cognito, pool, requireUser(pool, input.Username));
  return {};
});

export const AdminUpdateUserAttributes = admin(
  addressed.extend({ UserAttributes: attributes }),
  (cognito, input) => {
    const pool = poolOf(cognito, input.UserPoolId);
    const user = requireUser(pool, input.Username);
    const given = readAttributes(input.UserAttributes);
    if (given.email !== undefined && given.email !== user.email) {
      if (findUser(pool, given.email))
        refuse("AliasExistsException", "An account with the email already exists.");
      user.email = given.email;
      user.emailVerified = false;
    }
    user.emailVerified = given.emailVerified ?? user.emailVerified;
    Object.assign(user.attributes, given.attributes);
    user.modifiedAt = cognito.now();
    cognito.changed();
    return {};
  },
);
