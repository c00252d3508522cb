import { randomBytes, randomInt } from "node:crypto";
import { z } from "zod";
import { poolOf } from "../find";
import { admin, clientId, poolId } from "../operation";
import { invalidParameter, refuse } from "../refuse";
import { describeClient } from "../show";
import type { Client } from "../state";

const unitSeconds = { seconds: 1, minutes: 60, hours: 3600, days: 86400 };
const unit = z.enum(["seconds", "minutes", "hours", "days"]);
const hour = 3600;
const day = 24 * hour;

/** A validity in the request's unit. The bounds are the vendor's; @returns seconds. */
function lifeSeconds(
  what: string,
  value: number | undefined,
  given: keyof typeof unitSeconds,
  fallback: number,
  [least, most]: [number, number],
): number {
  const life = value ? value * unitSeconds[given] : fallback;
  return life < least || life > most ? invalidParameter(`Invalid range for ${what}.`) : life;
}

export const CreateUserPoolClient = admin(
  z.object({
    UserPoolId: poolId,
    ClientName: z.string().min(1).max(128),
    GenerateSecret: z.boolean().default(false),
    ExplicitAuthFlows: z
      .array(z.string().max(64))
      .default(["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"]),
    PreventUserExistenceErrors: z.enum(["LEGACY", "ENABLED"]).default("LEGACY"),
    AccessTokenValidity: z.number().int().min(0).optional(),
    IdTokenValidity: z.number().int().min(0).optional(),
    RefreshTokenValidity: z.number().int().min(0).optional(),
    TokenValidityUnits: z
      .object({ AccessToken: unit.optional(), IdToken: unit.optional(), RefreshToken: unit.optional() })
      .default({}),
    AuthSessionValidity: z.number().int().min(3).max(15).default(3),
    RefreshTokenRotation: z
      .object({
        Feature: z.enum(["ENABLED", "DISABLED"]),
        RetryGracePeriodSeconds: z.number().int().min(0).max(60).default(0),
      })
      .optional(),
  }),
  (cognito, input) => {
    const pool = poolOf(cognito, input.UserPoolId);
    const rotates = input.RefreshTokenRotation?.Feature === "ENABLED";
    if (rotates && input.ExplicitAuthFlows.includes("ALLOW_REFRESH_TOKEN_AUTH"))
      invalidParameter("ALLOW_REFRESH_TOKEN_AUTH cannot be combined with refresh token rotation.");
    const units = input.TokenValidityUnits;
    const now = cognito.now();
    const tokenRange: [number, number] = [300, day];
    const client: Client = {
      id: newClientId(),
      name: input.ClientName,
      ...(input.GenerateSecret ? { secret: randomBytes(39).toString("base64url").toLowerCase() } : {}),
      ...(rotates
        ? { rotation: { graceSeconds: input.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0 } }
        : {}),
      flows: input.ExplicitAuthFlows,
      hidesUsers: input.PreventUserExistenceErrors === "ENABLED",
      accessTokenSeconds: lifeSeconds(
        "AccessTokenValidity",
        input.AccessTokenValidity,
        units.AccessToken ?? "hours",
        hour,
        tokenRange,
      ),
      idTokenSeconds: lifeSeconds(
        "IdTokenValidity",
        input.IdTokenValidity,
        units.IdToken ?? "hours",
        hour,
        tokenRange,
      ),
      refreshTokenSeconds: lifeSeconds(
        "RefreshTokenValidity",
        input.RefreshTokenValidity,
        units.RefreshToken ?? "days",
        30 * day,
        [hour, 3650 * day],
      ),
      challengeSeconds: input.AuthSessionValidity * 60,
      createdAt: now,
      modifiedAt: now,
    };
    pool.clients.set(client.id, client);
    cognito.changed();
    return { UserPoolClient: describeClient(pool, client) };
  },
);

export const DescribeUserPoolClient = admin(
  z.object({ UserPoolId: poolId, ClientId: clientId }),
  (cognito, input) => {
    const pool = poolOf(cognito, input.UserPoolId);
    const client = pool.clients.get(input.ClientId);
    if (!client)
      return refuse("ResourceNotFoundException", `User pool client ${input.ClientId} does not exist.`);
    return { UserPoolClient: describeClient(pool, client) };
  },
);

const newClientId = () =>
  Array.from({ length: 26 }, () => "0123456789abcdefghijklmnopqrstuvwxyz"[randomInt(36)]).join("");
