import type { Operation } from "../operation";
import { AdminConfirmSignUp, AdminResetUserPassword, AdminSetUserPassword } from "./admin-passwords";
import {
  AdminCreateUser,
  AdminDeleteUser,
  AdminDisableUser,
  AdminEnableUser,
  AdminGetUser,
  AdminUpdateUserAttributes,
  AdminUserGlobalSignOut,
} from "./admin-users";
import { CreateUserPoolClient, DescribeUserPoolClient } from "./clients";
import { ConfirmForgotPassword, ForgotPassword } from "./forgot-password";
import {
  AdminAddUserToGroup,
  AdminListGroupsForUser,
  AdminRemoveUserFromGroup,
  CreateGroup,
  ListGroups,
  ListUsersInGroup,
} from "./groups";
import { ListUsers } from "./list-users";
import {
  AdminSetUserMFAPreference,
  AssociateSoftwareToken,
  SetUserMFAPreference,
  VerifySoftwareToken,
} from "./mfa";
import { ChangePassword, DeleteUser, GetUser, GlobalSignOut, UpdateUserAttributes } from "./own-account";
import { CreateUserPool, DescribeUserPool, SetUserPoolMfaConfig } from "./pools";
import { GetTokensFromRefreshToken, RevokeToken } from "./refresh";
import { AdminRespondToAuthChallenge, RespondToAuthChallenge } from "./respond-to-challenge";
import { AdminInitiateAuth, InitiateAuth } from "./sign-in";
import { ConfirmSignUp, ResendConfirmationCode, SignUp } from "./sign-up";

/** Every operation we speak, by the vendor's name for it. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    AdminAddUserToGroup,
    AdminConfirmSignUp,
    AdminCreateUser,
    AdminDeleteUser,
    AdminDisableUser,
    AdminEnableUser,
    AdminGetUser,
    AdminInitiateAuth,
    AdminListGroupsForUser,
    AdminRemoveUserFromGroup,
    AdminResetUserPassword,
    AdminRespondToAuthChallenge,
    AdminSetUserMFAPreference,
    AdminSetUserPassword,
    AdminUpdateUserAttributes,
    AdminUserGlobalSignOut,
    AssociateSoftwareToken,
    ChangePassword,
    ConfirmForgotPassword,
    ConfirmSignUp,
    CreateGroup,
    CreateUserPool,
    CreateUserPoolClient,
    DeleteUser,
    DescribeUserPool,
    DescribeUserPoolClient,
    ForgotPassword,
    GetTokensFromRefreshToken,
    GetUser,
    GlobalSignOut,
    InitiateAuth,
    ListGroups,
    ListUsers,
    ListUsersInGroup,
    ResendConfirmationCode,
    RespondToAuthChallenge,
    RevokeToken,
    SetUserMFAPreference,
    SetUserPoolMfaConfig,
    SignUp,
    UpdateUserAttributes,
    VerifySoftwareToken,
  }),
);
