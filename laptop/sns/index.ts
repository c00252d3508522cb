import { randomBytes, randomUUID } from "node:crypto";
import type { ApiRequest, ApiResponse } from "../wire";
import { post } from "./post";
import { certificatePath, type Envelope, makeSnsKey, type SnsKey, signEnvelope } from "./signer";

type Subscription = { endpoint: string; token: string; confirmed: boolean };
type Waiting = { endpoint: string; envelope: Envelope };
type State = { key: SnsKey; subscription: Subscription | null; waiting: Waiting[] };

export type Sns = {
  topicArn: string;
  /** Tells the subscriber. Nobody subscribed: it is lost, as with the vendor. */
  publish(message: object): void;
  /** One subscriber; a new address must confirm first, and until then what is published waits. */
  subscribe(endpoint: string): void;
  status(): { topicArn: string; endpoint: string | null; confirmed: boolean; waiting: number };
  /** The certificate, and the address by which a subscription is confirmed. Null: not for SNS. */
  handle(request: ApiRequest): ApiResponse | null;
  close(): void;
};

/** Notifications that wait for a subscriber who is away, at most; the oldest are lost. */
const keptMax = 1_000;

/**
 * One SNS topic over HTTP: signed notifications, a subscription that the subscriber confirms, tries for an hour. What has not been taken
 * yet survives a restart, and is signed anew at each try, as it was first published.
 */
export async function startSns(options: {
  load: unknown;
  save: (state: State) => void;
  url: () => string;
  region: string;
  now: () => number;
  log: (line: object) => void;
}): Promise<Sns> {
  const topicArn = `arn:aws:sns:${options.region}:000000000000:messages`;
  const state: State = (options.load as State | undefined) ?? {
    key: await makeSnsKey(),
    subscription: null,
    waiting: [],
  };
  const stopped = new AbortController();
  const save = () => options.save(state);
  save();

  const envelope = (more: Pick<Envelope, "Type" | "Message"> & Partial<Envelope>): Envelope => ({
    MessageId: randomUUID(),
    TopicArn: topicArn,
    Timestamp: new Date(options.now()).toISOString(),
    ...more,
  });

  async function deliver(waiting: Waiting): Promise<void> {
    const { MessageId: id, Type: type } = waiting.envelope;
    const status = await post(
      { id, type, topicArn, endpoint: waiting.endpoint },
      () => signEnvelope(waiting.envelope, state.key, options.url()),
      stopped.signal,
    );
    if (stopped.signal.aborted) return;
    if (status === null || status >= 300)
      options.log({ level: "warn", sns: type, messageId: id, status, note: "not taken by the subscriber" });
    state.waiting = state.waiting.filter((other) => other !== waiting);
    save();
  }
  function start(waiting: Waiting): void {
    void deliver(waiting);
  }

  function askToConfirm({ endpoint, token }: Subscription): void {
    const query = new URLSearchParams({ Action: "ConfirmSubscription", TopicArn: topicArn, Token: token });
    start({
      endpoint,
      envelope: envelope({
        Type: "SubscriptionConfirmation",
        Message: `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
        Token: token,
        SubscribeURL: `${options.url()}/?${query}`,
      }),
    });
  }

  function confirm(token: string | null): ApiResponse {
    const { subscription } = state;
    if (!subscription || token !== subscription.token) return xml(400, "<ErrorResponse/>");
    if (!subscription.confirmed) {
      subscription.confirmed = true;
      save();
      for (const waiting of state.waiting) start(waiting);
    }
    return xml(
      200,
      `<ConfirmSubscriptionResponse><ConfirmSubscriptionResult><SubscriptionArn>${topicArn}:subscriber</SubscriptionArn></ConfirmSubscriptionResult></ConfirmSubscriptionResponse>`,
    );
  }

  return {
    topicArn,
    publish(message) {
      const { subscription } = state;
      if (!subscription) return;
      const waiting = {
        endpoint: subscription.endpoint,
        envelope: envelope({ Type: "Notification", Message: JSON.stringify(message) }),
      };
      state.waiting = [...state.waiting, waiting].slice(-keptMax);
      save();
      if (subscription.confirmed) start(waiting);
    },
    subscribe(endpoint) {
      if (state.subscription?.endpoint === endpoint && state.subscription.confirmed) {
        for (const waiting of state.waiting) start(waiting);
        return;
      }
      state.subscription = { endpoint, token: randomBytes(32).toString("hex"), confirmed: false };
      state.waiting = state.waiting.map((waiting) => ({ ...waiting, endpoint }));
      save();
      askToConfirm(state.subscription);
    },
    status: () => ({
      topicArn,
      endpoint: state.subscription?.endpoint ?? null,
      confirmed: state.subscription?.confirmed ?? false,
      waiting: state.waiting.length,
    }),
    handle({ method, path, query }) {
      if (method !== "GET") return null;
      if (path === certificatePath(state.key))
        return {
          status: 200,
          headers: { "content-type": "application/x-pem-file" },
          body: state.key.certPem,
        };
      if (path === "/" && query.get("Action") === "ConfirmSubscription") return confirm(query.get("Token"));
      return null;
    },
    close: () => stopped.abort(),
  };
}

const xml = (status: number, body: string): ApiResponse => ({
  status,
  headers: { "content-type": "text/xml", "cache-control": "no-store" },
  body,
});
