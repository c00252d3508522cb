import { z } from "zod";

/** The answers of seed 3's account doors, in its names. */
const success = z.boolean().describe("true; a refusal has false.");
export const done = z.object({ success, message: z.string() }).meta({ id: "Done" });

export const signedUp = done.extend({
  user_sub: z.guid(),
  confirmation_required: z.boolean(),
});

const tokens = {
  success,
  access_token: z.string().describe("A credential: send it as `Authorization: Bearer …`."),
  refresh_token: z.string().describe("A credential: for POST /auth/refresh alone."),
  id_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.number().int().describe("Seconds."),
};
export const renewed = z.object(tokens);
export const loggedIn = z
  .object({
    ...tokens,
    user: z.object({
      sub: z.guid(),
      username: z.string(),
      email: z.string(),
      email_verified: z.boolean(),
    }),
  })
  .meta({ id: "LoggedIn" });

export const me = z.object({
  success,
  user: z.object({
    sub: z.guid(),
    username: z.string(),
    email: z.string(),
    email_verified: z.boolean(),
    token_use: z.literal("access"),
    scope: z.string(),
    auth_time: z.number().int().describe("Unix seconds."),
    iat: z.number().int().describe("Unix seconds."),
    exp: z.number().int().describe("Unix seconds."),
  }),
});
