import { z } from "zod";
import { checkTries, countMail, deliveryTo, missed, sendCode, spendCode } from "../codes";
import { checkSecretHash, clientOf, findUser } from "../find";
import { clientId, code, name, open, secretText } from "../operation";
import { checkPolicy, hashPassword } from "../password";
import { invalidParameter, notAuthorized, refuse } from "../refuse";

const addressed = z.object({ ClientId: clientId, Username: name, SecretHash: z.string().optional() });

/** People who don't exist, are disabled or have no verified address are told that a mail went out, and none does. */
export const ForgotPassword = open(addressed, (cognito, input) => {
  const { pool, client } = clientOf(cognito, input.ClientId);
  checkSecretHash(client, input.Username, input.SecretHash);
  const user = findUser(pool, input.Username);
  if (user?.enabled && user.emailVerified) {
    if (user.status === "FORCE_CHANGE_PASSWORD")
      notAuthorized("User password cannot be reset in the current state.");
    return { CodeDeliveryDetails: sendCode(cognito, pool, user, "password") };
  }
  if (client.hidesUsers) {
    countMail(cognito, pool, user?.sub ?? input.Username.toLowerCase());
    return { CodeDeliveryDetails: deliveryTo(user?.email ?? input.Username.toLowerCase()) };
  }
  if (!user) return refuse("UserNotFoundException", "Username/client id combination not found.");
  if (!user.enabled) return notAuthorized("User is disabled.");
  return invalidParameter(
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
  );
});

export const ConfirmForgotPassword = open(
  addressed.extend({ ConfirmationCode: code, Password: secretText }),
  async (cognito, input) => {
    const { pool, client } = clientOf(cognito, input.ClientId);
    checkSecretHash(client, input.Username, input.SecretHash);
    checkPolicy(input.Password);
    const user = findUser(pool, input.Username);
    if (!user?.enabled) {
      const who = user?.sub ?? input.Username.toLowerCase();
      checkTries(cognito, pool, who);
      return client.hidesUsers
        ? missed(cognito, pool, who)
        : refuse("UserNotFoundException", "Username/client id combination not found.");
    }
    spendCode(cognito, pool, user, "password", input.ConfirmationCode);
    user.password = await hashPassword(pool.id, user.sub, input.Password);
    if (user.status === "RESET_REQUIRED") user.status = "CONFIRMED";
    user.modifiedAt = cognito.now();
    cognito.lock.succeeded(`${pool.id} ${user.sub}`);
    cognito.changed();
    return {};
  },
);
