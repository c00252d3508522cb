import { readFileSync } from "node:fs";
import path from "node:path";
import type { VoiceSettings } from "./voice/index";
import { readUri } from "./voice/sip/message";
import type { Trunk } from "./voice/sip/transport";

export type LaptopSettings = {
  port: number;
  /** The address it listens on. */
  host: string;
  /** Names, beside `localhost` and addresses, that it may be reached under (a container's, say). */
  names: string[];
  udpPort: number;
  /** The address of the media port: where browsers send it, so one that they can reach. */
  udpHost: string;
  /** Where browsers find our signaling, when something in front of us carries it; null: our own address. No trailing slash. */
  signalingUrl: string | null;
  dataFolder: string;
  region: string;
  connectInstanceId: string;
  connectFlowIds: string[];
  /** Signs agents in at `/_laptop/connect/agents`; empty: nobody can. */
  agentSecret: string;
  /** Throttled as the vendor's account would be: StartWebRTCContact. */
  quotas: boolean;
  /** Where SNS posts what became of messages, and texts that people send back; empty: nobody has subscribed. */
  eventsUrl: string;
  /** The file that lists the functions (laptop/lambda/functions.ts); empty: there are none. */
  functionsFile: string;
  /** What the demo of a site of somebody else's was given (laptop/demo-host); empty: there is none. */
  demoHostFile: string;
  /** Calls to telephones (laptop/voice). */
  voice: Omit<VoiceSettings, "region">;
};

/** The video flow and the support flow. */
const defaultFlowIds = ["22222222-2222-4222-8222-222222222222", "33333333-3333-4333-8333-333333333333"];

const listOf = (value = "") =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);

function portOf(name: string, value: string | undefined, fallback: number): number {
  const port = value ? Number(value) : fallback;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${name} must be a port, 0 to 65535`);
  return port;
}

const transports = ["udp", "tcp", "tls"] as const;

/** `sip:host:port;transport=udp|tcp|tls`; without a transport UDP, with `sips:` TLS. Empty: no trunk. */
function trunkOf(env: Record<string, string | undefined>): Trunk | null {
  const uri = env.LAPTOP_SIP_TRUNK;
  if (!uri) return null;
  const place = readUri(uri);
  const named = /;transport=([a-z]+)/i.exec(uri)?.[1]?.toLowerCase();
  const transport = transports.find((one) => one === (named ?? (place?.secure ? "tls" : "udp")));
  if (!place || !transport)
    throw new Error("LAPTOP_SIP_TRUNK must be like sip:10.0.0.5:5060;transport=udp (or tcp, tls)");
  const { LAPTOP_SIP_USER: user, LAPTOP_SIP_PASSWORD: password = "", LAPTOP_SIP_CA: ca } = env;
  return {
    host: place.host,
    port: place.port ?? (transport === "tls" ? 5061 : 5060),
    transport,
    login: user ? { user, password } : null,
    ca: ca ? readFileSync(ca, "utf8") : null,
  };
}

/** Read once, at the start. Refuses to be anybody's production: it signs with keys that lie in a folder and lets any credentials in, S3 apart. */
export function readSettings(env: Record<string, string | undefined>): LaptopSettings {
  if (env.NODE_ENV === "production" && env.CLOUD !== "local")
    throw new Error(
      "The laptop cloud stands in for a cloud on one machine. With NODE_ENV=production it runs only where CLOUD=local says that this is meant.",
    );
  return {
    port: portOf("LAPTOP_PORT", env.LAPTOP_PORT, 4600),
    host: env.LAPTOP_HOST || "127.0.0.1",
    names: listOf(env.LAPTOP_NAMES).map((name) => name.toLowerCase()),
    udpPort: portOf("LAPTOP_UDP_PORT", env.LAPTOP_UDP_PORT, 0),
    udpHost: env.LAPTOP_UDP_HOST || env.LAPTOP_HOST || "127.0.0.1",
    signalingUrl: env.LAPTOP_SIGNALING_URL?.replace(/\/$/, "") || null,
    dataFolder: path.resolve(env.LAPTOP_DATA || ".vouchsafe/laptop"),
    region: env.AWS_REGION || "us-east-1",
    connectInstanceId: env.LAPTOP_CONNECT_INSTANCE_ID || "11111111-1111-4111-8111-111111111111",
    connectFlowIds: env.LAPTOP_CONNECT_FLOW_IDS ? listOf(env.LAPTOP_CONNECT_FLOW_IDS) : defaultFlowIds,
    agentSecret: env.LAPTOP_AGENT_SECRET || "",
    quotas: env.LAPTOP_QUOTAS === "on",
    eventsUrl: env.LAPTOP_EVENTS_URL || "",
    functionsFile: env.LAPTOP_FUNCTIONS ? path.resolve(env.LAPTOP_FUNCTIONS) : "",
    demoHostFile: env.LAPTOP_DEMO_HOST ? path.resolve(env.LAPTOP_DEMO_HOST) : "",
    voice: {
      applicationId: env.LAPTOP_SIP_APPLICATION_ID || "44444444-4444-4444-8444-444444444444",
      functionArn: env.LAPTOP_SIP_FUNCTION || "sip-bridge",
      voiceConnectorArn:
        env.LAPTOP_VOICE_CONNECTOR_ARN || "arn:aws:chime:us-east-1:000000000000:vc/laptopvoiceconnector",
      trunk: trunkOf(env),
      host: env.LAPTOP_SIP_HOST || env.LAPTOP_UDP_HOST || env.LAPTOP_HOST || "127.0.0.1",
    },
  };
}
