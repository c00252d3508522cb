import { randomUUID } from "node:crypto";
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type LaptopProcess, startLaptopProcess } from "@/e2e/laptop-process";
import type { Env } from "@/lib/env";
import { identityContract } from "@/lib/ports/contract/identity.contract";
import { clientOptions } from "./client-options";
import { cognitoIdentity } from "./cognito-identity";

let laptop: LaptopProcess;
let confidential: Partial<Env>;
const ours = (AWS_ENDPOINT_URL: string, changes: Partial<Env> = {}) =>
  ({
    CLOUD: "local",
    AWS_ENDPOINT_URL,
    AWS_REGION: "us-east-1",
    COGNITO_USER_POOL_ID: "us-east-1_laptop001",
    COGNITO_CLIENT_ID: "vouchsafeapilaptop00000001",
    COGNITO_WEB_CLIENT_ID: "vouchsafeweblaptop00000001",
    ...changes,
  }) as Env;
/** Port 9 is "discard": nobody listens there. */
const nowhere = "http://127.0.0.1:9";

/** An app client with a secret, as seed 3 allows. */
async function addClient(rotates: boolean, RetryGracePeriodSeconds = 10) {
  const cognito = new CognitoIdentityProviderClient(clientOptions(ours(laptop.url)));
  const { UserPoolClient: made } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: "us-east-1_laptop001",
      ClientName: "confidential",
      GenerateSecret: true,
      PreventUserExistenceErrors: "ENABLED",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
      RefreshTokenRotation: rotates
        ? { Feature: "ENABLED", RetryGracePeriodSeconds }
        : { Feature: "DISABLED" },
    }),
  );
  if (!made?.ClientId || !made.ClientSecret) throw new Error("no client was made");
  return { id: made.ClientId, secret: made.ClientSecret };
}

const mails = z.array(z.object({ text: z.string() }));
/** Newest first, as the laptop's inbox has them. */
async function lastMail(email: string): Promise<string> {
  const answer = await fetch(`${laptop.url}/_laptop/inbox?to=${encodeURIComponent(email)}`);
  return mails.parse(await answer.json())[0]?.text ?? "";
}

beforeAll(async () => {
  laptop = await startLaptopProcess();
  const [api, web] = [await addClient(false), await addClient(true)];
  confidential = {
    COGNITO_CLIENT_ID: api.id,
    COGNITO_CLIENT_SECRET: api.secret,
    COGNITO_WEB_CLIENT_ID: web.id,
    COGNITO_WEB_CLIENT_SECRET: web.secret,
  };
});
afterAll(() => laptop?.stop());

describe("with public app clients", () => {
  identityContract(
    async () => cognitoIdentity({ env: ours(laptop.url) }),
    async () => cognitoIdentity({ env: ours(nowhere) }),
    lastMail,
  );
});

describe("with confidential app clients", () => {
  identityContract(
    async () => cognitoIdentity({ env: ours(laptop.url, confidential) }),
    async () => cognitoIdentity({ env: ours(nowhere, confidential) }),
    lastMail,
  );

  test("a refresh token that was replaced is refused when it is played again; the new one goes on", async () => {
    const { id, secret } = await addClient(true, 0);
    const identity = cognitoIdentity({
      env: ours(laptop.url, { COGNITO_CLIENT_ID: id, COGNITO_CLIENT_SECRET: secret }),
    });
    const account = { email: `${randomUUID()}@example.com`, password: "Correct-Horse-9" };
    await identity.ensureUser({ ...account, groups: [] });
    const first = await identity.signIn({ client: "api", ...account });
    if (!first.ok || first.value.kind !== "signed-in") throw new Error("not signed in");
    const { refreshToken } = first.value.tokens;
    const second = await identity.refresh({ client: "api", refreshToken });
    if (!second.ok) throw new Error(second.error.code);
    expect(await identity.refresh({ client: "api", refreshToken })).toEqual({
      ok: false,
      error: { code: "CREDENTIALS_REFUSED" },
    });
    const next = { client: "api", refreshToken: second.value.refreshToken } as const;
    expect(await identity.refresh(next)).toMatchObject({ ok: true });
  });

  test("a wrong or forgotten secret is our fault, and never reads as somebody's wrong password", async () => {
    for (const secret of ["not-the-secret", undefined]) {
      const changes = { ...confidential, COGNITO_CLIENT_SECRET: secret };
      const identity = cognitoIdentity({ env: ours(laptop.url, changes) });
      const email = "somebody@example.com";
      await expect(identity.signIn({ client: "api", email, password: "Correct-Horse-9" })).rejects.toThrow(
        /secret/i,
      );
    }
  });
});
