import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { err, ok } from "@/lib/kernel/result";
import type { Identity, IdentityUser } from "@/lib/ports/identity";
import { withinDeadline } from "./client-options";
import { errorName } from "./cloud-errors";
import { type Cognito, isWeakPassword, refusing } from "./cognito-calls";
import { away } from "./cognito-refusal";
import { readUser } from "./cognito-shapes";

/** What the installation itself does to accounts, by its own role and no user's token. An address stands for its account's name. */
export function cognitoAdmin({
  client: cognito,
  poolId: UserPoolId,
}: Cognito): Pick<Identity, "endSignInsOf" | "setStanding" | "find" | "setTotp" | "ensureUser"> {
  const UserAttributesOf = (email: string) => [
    { Name: "email", Value: email },
    { Name: "email_verified", Value: "true" },
  ];

  async function find(Username: string): Promise<IdentityUser> {
    return readUser(await cognito.send(new AdminGetUserCommand({ UserPoolId, Username }), withinDeadline()));
  }

  /** @returns the account with this address, made if there was none. Safe to race: whoever comes second finds it. */
  async function findOrCreate(email: string): Promise<IdentityUser> {
    try {
      return await find(email);
    } catch (cause) {
      if (errorName(cause) !== "UserNotFoundException") throw cause;
    }
    const invitation = {
      UserPoolId,
      Username: email,
      UserAttributes: UserAttributesOf(email),
      MessageAction: "SUPPRESS",
    } as const;
    try {
      await cognito.send(new AdminCreateUserCommand(invitation), withinDeadline());
    } catch (cause) {
      if (errorName(cause) !== "UsernameExistsException") throw cause;
    }
    return find(email);
  }

  /** @returns whether anything was different. */
  async function setGroups(Username: string, wanted: readonly string[]): Promise<boolean> {
    const listed = await cognito.send(
      new AdminListGroupsForUserCommand({ UserPoolId, Username, Limit: 60 }),
      withinDeadline(),
    );
    const held = (listed.Groups ?? []).flatMap((group) => group.GroupName ?? []);
    const [gained, lost] = [
      wanted.filter((group) => !held.includes(group)),
      held.filter((group) => !wanted.includes(group)),
    ];
    for (const GroupName of gained)
      await cognito.send(
        new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }),
        withinDeadline(),
      );
    for (const GroupName of lost)
      await cognito.send(
        new AdminRemoveUserFromGroupCommand({ UserPoolId, Username, GroupName }),
        withinDeadline(),
      );
    return gained.length + lost.length > 0;
  }

  const signOut = (Username: string) =>
    cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }), withinDeadline());

  return {
    endSignInsOf: async (email) => {
      try {
        await signOut(email);
        return ok({ sub: (await find(email)).sub });
      } catch (thrown) {
        return errorName(thrown) === "UserNotFoundException" ? ok(null) : away(thrown);
      }
    },

    setStanding: async ({ email: Username, enabled, groups }) => {
      const known = { UserPoolId, Username };
      try {
        // Shut first and open last: whatever fails in between leaves less allowed than was asked for.
        if (!enabled) await cognito.send(new AdminDisableUserCommand(known), withinDeadline());
        const changed = await setGroups(Username, groups);
        if (changed || !enabled) await signOut(Username);
        if (enabled) await cognito.send(new AdminEnableUserCommand(known), withinDeadline());
        return ok(undefined);
      } catch (thrown) {
        return errorName(thrown) === "UserNotFoundException"
          ? err({ code: "ACCOUNT_UNKNOWN" })
          : away(thrown);
      }
    },

    find: async (email) => {
      try {
        return ok(await find(email));
      } catch (thrown) {
        return errorName(thrown) === "UserNotFoundException" ? ok(null) : away(thrown);
      }
    },

    setTotp: async ({ email, on }) => {
      try {
        await cognito.send(
          new AdminSetUserMFAPreferenceCommand({
            UserPoolId,
            Username: email,
            SoftwareTokenMfaSettings: { Enabled: on, PreferredMfa: on },
          }),
          withinDeadline(),
        );
        return ok(undefined);
      } catch (thrown) {
        return errorName(thrown) === "UserNotFoundException"
          ? err({ code: "ACCOUNT_UNKNOWN" })
          : away(thrown);
      }
    },

    ensureUser: ({ email, password, groups }) =>
      refusing(async () => {
        const { sub, emailVerified } = await findOrCreate(email);
        try {
          await cognito.send(
            new AdminSetUserPasswordCommand({
              UserPoolId,
              Username: email,
              Password: password,
              Permanent: true,
            }),
            withinDeadline(),
          );
        } catch (thrown) {
          if (isWeakPassword(thrown)) return err({ code: "PASSWORD_WEAK" });
          throw thrown;
        }
        // Somebody who signed up and never typed the code has an address that nobody proved: it could be sent no code for a new password.
        if (!emailVerified)
          await cognito.send(
            new AdminUpdateUserAttributesCommand({
              UserPoolId,
              Username: email,
              UserAttributes: UserAttributesOf(email),
            }),
            withinDeadline(),
          );
        await setGroups(email, groups);
        return ok({ sub });
      }),
  };
}
