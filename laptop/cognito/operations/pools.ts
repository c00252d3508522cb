import { randomInt } from "node:crypto";
import { z } from "zod";
import { poolOf } from "../find";
import { newPool } from "../new-pool";
import { admin, poolId } from "../operation";
import { describePool } from "../show";

const mfa = z.enum(["OFF", "OPTIONAL", "ON"]);

export const CreateUserPool = admin(
  z.object({ PoolName: z.string().min(1).max(128), MfaConfiguration: mfa.default("OFF") }),
  async (cognito, input) => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    const suffix = Array.from({ length: 9 }, () => alphabet[randomInt(alphabet.length)]).join("");
    const pool = await newPool(`${cognito.region}_${suffix}`, input.PoolName, cognito.now());
    pool.mfa = input.MfaConfiguration;
    cognito.pools.set(pool.id, pool);
    cognito.changed();
    return { UserPool: describePool(cognito.region, pool) };
  },
);

export const DescribeUserPool = admin(z.object({ UserPoolId: poolId }), (cognito, input) => ({
  UserPool: describePool(cognito.region, poolOf(cognito, input.UserPoolId)),
}));

export const SetUserPoolMfaConfig = admin(
  z.object({ UserPoolId: poolId, MfaConfiguration: mfa }),
  (cognito, input) => {
    poolOf(cognito, input.UserPoolId).mfa = input.MfaConfiguration;
    cognito.changed();
    return { MfaConfiguration: input.MfaConfiguration, SoftwareTokenMfaConfiguration: { Enabled: true } };
  },
);
