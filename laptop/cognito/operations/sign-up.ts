import { randomUUID } from "node:crypto";
import { z } from "zod";
import { readAttributes, readEmail } from "../attributes";
import { countMail, deliveryTo, sendCode, spendCode } from "../codes";
import { checkSecretHash, clientOf, findUser } from "../find";
import { attributes, clientId, code, name, open, secretText } from "../operation";
import { checkPolicy, hashPassword } from "../password";
import { invalidParameter, notAuthorized, refuse } from "../refuse";
import type { User } from "../state";

/** Somebody registers themselves. Unlike sign-in, the vendor admits here that an address is taken. */
export const SignUp = open(
  z.object({
    ClientId: clientId,
    Username: name,
    Password: secretText,
    SecretHash: z.string().optional(),
    UserAttributes: attributes.optional(),
  }),
  async (cognito, input) => {
    const { pool, client } = clientOf(cognito, input.ClientId);
    checkSecretHash(client, input.Username, input.SecretHash);
    const email = readEmail(input.Username);
    const given = readAttributes(input.UserAttributes);
    if (given.email !== undefined && given.email !== email)
      invalidParameter("The email attribute must be the user name.");
    if (given.emailVerified !== undefined)
      notAuthorized("A client attempted to write unauthorized attribute");
    checkPolicy(input.Password);
    const sub = randomUUID();
    const password = await hashPassword(pool.id, sub, input.Password);
    if (findUser(pool, email))
      refuse("UsernameExistsException", "An account with the given email already exists.");
    const user: User = {
      sub,
      email,
      emailVerified: false,
      attributes: given.attributes,
      status: "UNCONFIRMED",
      enabled: true,
      groups: [],
      password,
      codes: {},
      createdAt: cognito.now(),
      modifiedAt: cognito.now(),
    };
    pool.users.set(sub, user);
    const CodeDeliveryDetails = sendCode(cognito, pool, user, "sign-up");
    return { UserConfirmed: false, UserSub: sub, CodeDeliveryDetails };
  },
);

const addressed = z.object({ ClientId: clientId, Username: name, SecretHash: z.string().optional() });

export const ConfirmSignUp = open(addressed.extend({ ConfirmationCode: code }), (cognito, input) => {
  const { pool, client } = clientOf(cognito, input.ClientId);
  checkSecretHash(client, input.Username, input.SecretHash);
  const user = findUser(pool, input.Username);
  if (!user)
    return client.hidesUsers
      ? refuse("ExpiredCodeException", "Invalid code provided, please request a code again.")
      : refuse("UserNotFoundException", "Username/client id combination not found.");
  if (user.status !== "UNCONFIRMED")
    return notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  spendCode(cognito, pool, user, "sign-up", input.ConfirmationCode);
  user.status = "CONFIRMED";
  user.emailVerified = true;
  user.modifiedAt = cognito.now();
  cognito.changed();
  return {};
});

export const ResendConfirmationCode = open(addressed, (cognito, input) => {
  const { pool, client } = clientOf(cognito, input.ClientId);
  checkSecretHash(client, input.Username, input.SecretHash);
  const user = findUser(pool, input.Username);
  if (user?.status === "UNCONFIRMED")
    return { CodeDeliveryDetails: sendCode(cognito, pool, user, "sign-up") };
  if (user) return invalidParameter("User is already confirmed.");
  if (!client.hidesUsers) return refuse("UserNotFoundException", "Username/client id combination not found.");
  countMail(cognito, pool, input.Username.toLowerCase());
  return { CodeDeliveryDetails: deliveryTo(input.Username.toLowerCase()) };
});
