import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { type Chime, startChime } from "./chime/index";
import { startCognito } from "./cognito/index";
import { type Connect, startConnect } from "./connect/index";
import { openConsole } from "./console/index";
import { type Fault, openFaults, type Service } from "./faults";
import { isForeign } from "./http/foreign";
import { BodyTooLarge, readRequest } from "./http/read-request";
import { errorResponse, jsonHeaders, readJsonBody, VendorError } from "./http/vendor-error";
import { kmsContentType, startKms } from "./kms/index";
import type { KeyStore } from "./kms/keys";
import { type Message, openInbox } from "./messages/inbox";
import { sendEmail } from "./messages/send-email";
import { sendTextMessage } from "./messages/send-text-message";
import { route } from "./route";
import { chimeSecret } from "./secret";
import type { LaptopSettings } from "./settings";
import { stateFile } from "./state-file";
import type { ApiRequest, ApiResponse } from "./wire";

export type Laptop = { url: string; close(): Promise<void> };

const errorTypes: Record<Service, string> = {
  kms: kmsContentType,
  cognito: "application/x-amz-json-1.1",
  sms: "application/x-amz-json-1.0",
  ses: "application/json",
  connect: "application/json",
  chime: "application/json",
};

/** Every cloud API that we call, on one address. @returns when it listens and all of its state is read. */
export async function startLaptop(settings: LaptopSettings, log: (line: object) => void): Promise<Laptop> {
  const now = Date.now;
  let url = "";
  const files = Object.fromEntries(
    ["kms", "inbox", "cognito", "connect", "chime", "faults"].map((name) => [
      name,
      stateFile(settings.dataFolder, name),
    ]),
  ) as Record<"kms" | "inbox" | "cognito" | "connect" | "chime" | "faults", ReturnType<typeof stateFile>>;

  const watchers = new Set<() => void>();
  const changed = () => {
    for (const watcher of watchers) watcher();
  };
  const faults = openFaults(() => {
    files.faults.save(faults.list());
    changed();
  });
  for (const fault of (files.faults.load() as Fault[] | undefined) ?? []) faults.set(fault);

  const inbox = openInbox({
    load: files.inbox.load(),
    save: (state: Message[]) => files.inbox.save(state),
    now,
    changed,
  });
  const kms = startKms({
    load: files.kms.load(),
    save: (state: KeyStore) => files.kms.saveNow(state),
    region: settings.region,
    now,
  });
  const cognito = await startCognito({
    load: files.cognito.load(),
    save: (state) => files.cognito.save(state),
    baseUrl: () => url,
    region: settings.region,
    deliver: ({ to, subject, text }) =>
      inbox.add({
        kind: "email",
        from: "no-reply@verificationemail.test",
        to,
        subject,
        text,
        attachments: [],
        tags: {},
        delivery: "delivered",
      }),
    log,
  });
  const chime: Chime = await startChime({
    secret: chimeSecret(settings.dataFolder),
    publicUrl: () => url,
    udpPort: settings.udpPort,
    udpHost: settings.host,
    load: files.chime.load(),
    save: (state) => {
      files.chime.save(state);
      changed();
    },
    log,
  });
  const connect: Connect = startConnect({
    load: files.connect.load(),
    save: (contacts) => {
      files.connect.save(contacts);
      changed();
    },
    meetings: chime,
    instanceId: settings.connectInstanceId,
    flowIds: settings.connectFlowIds,
    region: settings.region,
    now,
  });

  const json = (value: unknown): ApiResponse => ({
    status: 200,
    headers: jsonHeaders("application/json"),
    body: JSON.stringify(value),
  });

  async function serve(request: ApiRequest): Promise<ApiResponse | null> {
    const known = cognito.wellKnown(request);
    if (known) return known;
    const routed = route(request);
    if (!routed) return null;
    const { service, operation } = routed;
    try {
      switch (service) {
        case "connect":
          return await connect.handle(request, (name) => faults.apply("connect", name));
        case "ses":
          if (operation !== "POST /v2/email/outbound-emails")
            throw new VendorError(
              "UnknownOperationException",
              `The laptop cloud's SES does not speak ${operation}`,
              404,
            );
          await faults.apply("ses", "SendEmail");
          return json(await sendEmail(inbox, readJsonBody(request.body), faults.drops("ses")));
        case "sms":
          if (operation !== "SendTextMessage")
            throw new VendorError(
              "UnknownOperationException",
              `The laptop cloud's SMS does not speak ${operation}`,
            );
          await faults.apply("sms", operation);
          return json(sendTextMessage(inbox, () => false, readJsonBody(request.body), faults.drops("sms")));
        default:
          await faults.apply(service, operation);
          if (service === "kms") return kms.handle(operation, request);
          return await (service === "chime" ? chime : cognito).handle(request);
      }
    } catch (error) {
      if (error instanceof VendorError) return errorResponse(error, errorTypes[service]);
      log({
        level: "error",
        service,
        operation,
        fault: error instanceof Error ? error.stack : String(error),
      });
      return errorResponse(
        new VendorError("InternalFailure", "An internal error occurred", 500),
        errorTypes[service],
      );
    }
  }

  const pages = openConsole({ inbox, faults, chime, connect, watchers });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (incoming.url === "/health") return send(outgoing, json({ ok: true }));
    if (
      isForeign(incoming.headers, settings.host === "127.0.0.1" ? [] : [`${settings.host}:${settings.port}`])
    )
      return send(outgoing, {
        status: 403,
        headers: { "content-type": "text/plain" },
        body: "The laptop cloud answers its own pages and programs only.\n",
      });
    const request = await readRequest(incoming);
    const response = (await serve(request)) ?? (await pages.handle(request, incoming, outgoing));
    if (response) send(outgoing, response);
  }

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      if (!(error instanceof BodyTooLarge))
        log({ level: "error", fault: error instanceof Error ? error.stack : String(error) });
      if (!outgoing.headersSent)
        send(outgoing, { status: error instanceof BodyTooLarge ? 413 : 500, body: "" });
      outgoing.destroy();
    });
  });
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 60_000;
  server.on("upgrade", (incoming, socket, head) => chime.upgrade(incoming, socket, head));
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(settings.port, settings.host, listening);
  });
  url = `http://${settings.host === "0.0.0.0" ? "127.0.0.1" : settings.host}:${(server.address() as AddressInfo).port}`;

  return {
    url,
    async close() {
      await chime.close();
      await cognito.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      for (const file of Object.values(files)) file.close();
      log({ level: "info", state: path.basename(settings.dataFolder), saved: true });
    },
  };
}

function send(outgoing: ServerResponse, { status, headers = {}, body = "" }: ApiResponse): void {
  outgoing.writeHead(status, headers).end(body);
}
