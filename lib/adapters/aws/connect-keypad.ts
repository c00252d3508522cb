import { createHash } from "node:crypto";
import { err, ok } from "@/lib/kernel/result";
import type { ContactCentre } from "@/lib/ports/contact-centre";
import { type CloudEnv, withinDeadline } from "./client-options";
import { cloudRefusal } from "./cloud-errors";

/** A day, as the vendor says, less what clocks may differ by. Milliseconds. */
const connectionLastsMs = 23 * 3_600_000;
const connectionsMax = 1_000;

/**
 * Keys by Amazon Connect's Participant Service, which takes no AWS signature but the participant's own tokens: two requests that need no client of
 * the SDK's. A participant's connection is made once and kept in memory.
 * @see https://docs.aws.amazon.com/connect-participant/latest/APIReference/API_SendMessage.html
 */
export function openKeypad(env: CloudEnv): ContactCentre["pressKeys"] {
  const endpoint =
    env.CLOUD === "local"
      ? env.AWS_ENDPOINT_URL
      : `https://participant.connect.${env.AWS_REGION}.amazonaws.com`;
  /** By the participant token's hash. */
  const connections = new Map<string, { token: string; until: number }>();

  async function post(path: string, bearer: string, body: object): Promise<Record<string, never> | null> {
    const response = await fetch(`${endpoint}/participant/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-amz-bearer": bearer },
      body: JSON.stringify(body),
      signal: withinDeadline().abortSignal,
    });
    if (response.status === 403) return null;
    if (response.ok) return response.json();
    throw Object.assign(new Error(`Participant Service answered ${response.status}`), {
      $metadata: { httpStatusCode: response.status },
    });
  }

  async function connectionOf(participantToken: string): Promise<string | null> {
    const key = createHash("sha256").update(participantToken).digest("base64");
    const known = connections.get(key);
    if (known && known.until > Date.now()) return known.token;
    const made = (await post("connection", participantToken, { Type: ["CONNECTION_CREDENTIALS"] })) as {
      ConnectionCredentials?: { ConnectionToken?: string };
    } | null;
    const token = made?.ConnectionCredentials?.ConnectionToken;
    if (!token) return null;
    const [oldest] = connections.keys();
    if (connections.size >= connectionsMax && oldest) connections.delete(oldest);
    connections.set(key, { token, until: Date.now() + connectionLastsMs });
    return token;
  }

  return async (participantToken, keys) => {
    try {
      const token = await connectionOf(participantToken);
      const sent = token && (await post("message", token, { ContentType: "audio/dtmf", Content: keys }));
      return sent ? ok(undefined) : err({ code: "CONTACT_ENDED" });
    } catch (thrown) {
      // What `fetch` throws where nothing is reached.
      if (thrown instanceof TypeError) return err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 3_000 });
      return cloudRefusal(thrown);
    }
  };
}
