import { showAttributes } from "./attributes";
import type { Client, Group, Pool, User } from "./state";

/** JSON 1.1 writes a moment as seconds since 1970, with a fraction. */
const seconds = (ms: number) => ms / 1000;

export const describeUser = (user: User) => ({
  Username: user.sub,
  Attributes: showAttributes(user),
  UserCreateDate: seconds(user.createdAt),
  UserLastModifiedDate: seconds(user.modifiedAt),
  Enabled: user.enabled,
  UserStatus: user.status,
});

export const describeGroup = (pool: Pool, group: Group) => ({
  GroupName: group.name,
  UserPoolId: pool.id,
  ...(group.description === undefined ? {} : { Description: group.description }),
  ...(group.precedence === undefined ? {} : { Precedence: group.precedence }),
  CreationDate: seconds(group.createdAt),
  LastModifiedDate: seconds(group.createdAt),
});

export const describePool = (region: string, pool: Pool) => ({
  Id: pool.id,
  Name: pool.name,
  Arn: `arn:aws:cognito-idp:${region}:000000000000:userpool/${pool.id}`,
  CreationDate: seconds(pool.createdAt),
  LastModifiedDate: seconds(pool.createdAt),
  MfaConfiguration: pool.mfa,
  UsernameAttributes: ["email"],
  AutoVerifiedAttributes: ["email"],
  UsernameConfiguration: { CaseSensitive: false },
  EstimatedNumberOfUsers: pool.users.size,
  Policies: {
    PasswordPolicy: {
      MinimumLength: 8,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      TemporaryPasswordValidityDays: 7,
    },
  },
});

export const describeClient = (pool: Pool, client: Client) => ({
  UserPoolId: pool.id,
  ClientId: client.id,
  ClientName: client.name,
  ...(client.secret ? { ClientSecret: client.secret } : {}),
  CreationDate: seconds(client.createdAt),
  LastModifiedDate: seconds(client.modifiedAt),
  ExplicitAuthFlows: client.flows,
  PreventUserExistenceErrors: client.hidesUsers ? "ENABLED" : "LEGACY",
  EnableTokenRevocation: true,
  AuthSessionValidity: Math.round(client.challengeSeconds / 60),
  AccessTokenValidity: client.accessTokenSeconds,
  IdTokenValidity: client.idTokenSeconds,
  RefreshTokenValidity: client.refreshTokenSeconds,
  TokenValidityUnits: { AccessToken: "seconds", IdToken: "seconds", RefreshToken: "seconds" },
  RefreshTokenRotation: client.rotation
    ? { Feature: "ENABLED", RetryGracePeriodSeconds: client.rotation.graceSeconds }
    : { Feature: "DISABLED" },
});
