import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import type { ApiRequest } from "../../wire";
import type { Bootstrap } from "../defaults";
import { startCognito } from "../index";

export const secret = "a-secret-that-only-the-server-knows";
export const clients = {
  web: "vouchsafeweblaptop00000001",
  api: "vouchsafeapilaptop00000001",
  confidential: "confidentialclient00000001",
};
export const poolId = "us-east-1_laptop001";

const bootstrap: Bootstrap = {
  poolId,
  clients: [
    { clientId: clients.web, clientName: "vouchsafe-web", rotating: true },
    { clientId: clients.api, clientName: "vouchsafe-api", rotating: false },
    { clientId: clients.confidential, clientName: "confidential", rotating: false, secret },
  ],
  groups: ["customer", "clinician", "admin", "scheduler", "auditor"],
};

/** Cognito alone behind a small HTTP server, with a clock to move, a mailbox to read and the vendor's own client. */
export async function startTestCloud(load?: unknown) {
  const mails: Array<{ to: string; subject: string; text: string }> = [];
  const faults: object[] = [];
  let saved: unknown;
  let url = "";
  let nowMs = Date.parse("2026-11-21T09:00:00Z");
  const cloud = await startCognito({
    ...(load === undefined ? {} : { load }),
    save: (state) => {
      saved = state;
    },
    baseUrl: () => url,
    region: "us-east-1",
    deliver: (mail) => mails.push(mail),
    clock: () => nowMs,
    log: (line) => {
      if ("fault" in line) faults.push(line);
    },
    bootstrap,
  });
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const at = new URL(incoming.url ?? "/", "http://laptop");
    const request: ApiRequest = {
      method: incoming.method ?? "GET",
      path: at.pathname,
      query: at.searchParams,
      headers: Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: Buffer.concat(chunks),
    };
    const answer = cloud.wellKnown(request) ?? (await cloud.handle(request));
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sdk = new CognitoIdentityProviderClient({
    region: "us-east-1",
    endpoint: url,
    maxAttempts: 1,
    credentials: { accessKeyId: "laptop", secretAccessKey: "laptop" },
  });
  return {
    url,
    sdk,
    cloud,
    mails,
    faults,
    /** Milliseconds since 1970. */
    now: () => nowMs,
    /** As JSON gives it back after a restart. */
    saved: () => JSON.parse(JSON.stringify(saved)) as unknown,
    advance: (seconds: number) => {
      nowMs += seconds * 1000;
    },
    /** The code in the newest mail to somebody. */
    codeFor(email: string): string {
      const mail = mails.findLast(({ to }) => to === email);
      const code = /\b\d{6}\b/.exec(mail?.text ?? "")?.[0];
      if (!code) throw new Error(`no mail with a code for ${email}`);
      return code;
    },
    async stop() {
      sdk.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type TestCloud = Awaited<ReturnType<typeof startTestCloud>>;
