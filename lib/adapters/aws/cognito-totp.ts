import {
  AssociateSoftwareTokenCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { err, ok } from "@/lib/kernel/result";
import type { Identity } from "@/lib/ports/identity";
import { withinDeadline } from "./client-options";
import { errorName } from "./cloud-errors";
import { type Cognito, refusing } from "./cognito-calls";

/** Codes of an authenticator app (RFC 6238), for whoever holds an access token. */
export function cognitoTotp({
  client: cognito,
}: Cognito): Pick<Identity, "beginTotp" | "finishTotp" | "stopTotp"> {
  const prefer = (AccessToken: string, on: boolean) =>
    cognito.send(
      new SetUserMFAPreferenceCommand({
        AccessToken,
        SoftwareTokenMfaSettings: { Enabled: on, PreferredMfa: on },
      }),
      withinDeadline(),
    );

  return {
    beginTotp: (AccessToken) =>
      refusing(async () => {
        const answer = await cognito.send(
          new AssociateSoftwareTokenCommand({ AccessToken }),
          withinDeadline(),
        );
        if (!answer.SecretCode) throw new Error("Cognito handed out no secret for an authenticator app");
        return ok({ secret: answer.SecretCode });
      }),

    finishTotp: ({ accessToken: AccessToken, code }) =>
      refusing(async () => {
        if (!/^[0-9]{6}$/.test(code)) return err({ code: "CODE_REFUSED" });
        try {
          await cognito.send(
            new VerifySoftwareTokenCommand({ AccessToken, UserCode: code }),
            withinDeadline(),
          );
        } catch (thrown) {
          const wrong = ["EnableSoftwareTokenMFAException", "CodeMismatchException"].includes(
            errorName(thrown),
          );
          if (wrong) return err({ code: "CODE_REFUSED" });
          throw thrown;
        }
        await prefer(AccessToken, true);
        return ok(undefined);
      }),

    stopTotp: (accessToken) =>
      refusing(async () => {
        await prefer(accessToken, false);
        return ok(undefined);
      }),
  };
}
