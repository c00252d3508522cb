import { afterAll, beforeAll } from "vitest";
import { type LaptopProcess, startLaptopProcess } from "@/e2e/laptop-process";
import type { Env } from "@/lib/env";
import { identityContract } from "@/lib/ports/contract/identity.contract";
import { cognitoIdentity } from "./cognito-identity";

let laptop: LaptopProcess;
beforeAll(async () => {
  laptop = await startLaptopProcess();
});
afterAll(() => laptop.stop());

const env = (AWS_ENDPOINT_URL: string) =>
  ({
    CLOUD: "local",
    AWS_ENDPOINT_URL,
    AWS_REGION: "us-east-1",
    COGNITO_USER_POOL_ID: "us-east-1_laptop001",
    COGNITO_CLIENT_ID: "vouchsafeapilaptop00000001",
    COGNITO_WEB_CLIENT_ID: "vouchsafeweblaptop00000001",
  }) as Env;

identityContract(
  async () => cognitoIdentity({ env: env(laptop.url) }),
  // Port 9 is "discard": nobody listens there.
  async () => cognitoIdentity({ env: env("http://127.0.0.1:9") }),
);
