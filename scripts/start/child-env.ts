/** What the laptop cloud makes at its first start; it and we agree on these by name. */
const laptopResources = {
  CONNECT_INSTANCE_ID: "11111111-1111-4111-8111-111111111111",
  CONNECT_VIDEO_FLOW_ID: "22222222-2222-4222-8222-222222222222",
  CONNECT_SUPPORT_FLOW_ID: "33333333-3333-4333-8333-333333333333",
  CONNECT_SMS_NUMBER: "+15550100100",
  CONNECT_SUPPORT_HOURS_ID: "00000000-0000-4000-8000-0e0e00000001",
  CONNECT_SUPPORT_QUEUE_ID: "00000000-0000-4000-8000-9e0e00000001",
  SIP_MEDIA_APPLICATION_ID: "44444444-4444-4444-8444-444444444444",
  VOICE_CONNECTOR_ARN: "arn:aws:chime:us-east-1:000000000000:vc/laptopvoiceconnector",
  SUPPORT_SIP_NUMBER: "+15550100300",
  SUPPORT_SIP_CALLER_NUMBER: "+15550100200",
  VIDEO_JWT_KMS_KEY_ID: "alias/video-jwt-signing-key",
  VIDEO_RECORDINGS_KMS_KEY_ID: "alias/video-recordings-cmk",
  RECORDINGS_BUCKET: "vouchsafe-recordings",
  RECORDINGS_ROLE_ARN: "arn:aws:iam::000000000000:role/laptop-recordings",
  SES_SENDER: "visits@vouchsafe.test",
  MESSAGE_EVENT_TOPICS: "arn:aws:sns:us-east-1:000000000000:messages",
  COGNITO_USER_POOL_ID: "us-east-1_laptop001",
  COGNITO_CLIENT_ID: "vouchsafeapilaptop00000001",
  COGNITO_WEB_CLIENT_ID: "vouchsafeweblaptop00000001",
};

/** Everything of a person's own AWS account, and what the launcher alone may know. */
const withheld =
  /^(AWS_|COGNITO_|CONNECT_|SES_|SMS_|SIP_|SUPPORT_SIP_|VOICE_|MESSAGE_EVENT_|RECORDINGS_|VIDEO_|DATABASE_|LAN_|LAPTOP_AGENT_SECRET$|npm_|NODE_OPTIONS$|REDIS_URL$)/;

export type Places = {
  databaseUrl: string;
  appUrl: string;
  port: number;
  laptopUrl: string;
  dataFolder: string;
  lan: LanDoor | null;
};

/** What `--lan` opens: an address of this machine, a port, and the file with the certificate for it. */
export type LanDoor = { address: string; port: number; certificate: string };
export const lanUrl = ({ address, port }: LanDoor) => `https://${address}:${port}`;

/**
 * The environment of every process of the local mode: dummy credentials and the laptop cloud's address, whatever the
 * shell holds, so that an AWS profile lying about can never send a real text.
 */
export function localEnv(
  shell: Record<string, string | undefined>,
  places: Places,
  dev: boolean,
): NodeJS.ProcessEnv {
  return {
    ...keep(shell, (name) => !withheld.test(name) || name === "DATABASE_POOL_MAX"),
    ...(shell.REDIS_URL ? { REDIS_URL: shell.REDIS_URL } : {}),
    ...laptopResources,
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    CLOUD: "local",
    PORT: String(places.port),
    DATABASE_URL: places.databaseUrl,
    AWS_ENDPOINT_URL: places.laptopUrl,
    AWS_ACCESS_KEY_ID: "laptop",
    AWS_SECRET_ACCESS_KEY: "laptop",
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    MEDIA_REGION: "us-east-1",
    NEXT_PUBLIC_APP_URL: places.appUrl,
    VIDEO_JOIN_URL: places.appUrl,
    VOUCHSAFE_DATA: places.dataFolder,
    TRUSTED_PROXY: shell.TRUSTED_PROXY || "none",
    ...(places.lan
      ? { LAN_LISTEN: `${places.lan.address}:${places.lan.port}`, LAN_CERTIFICATE: places.lan.certificate }
      : {}),
  };
}

/** What every function of the local mode is configured with: the settings that a deployed one would have, and none of the shell's. */
export function lambdaEnv(places: Pick<Places, "databaseUrl" | "laptopUrl">): Record<string, string> {
  return {
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    AWS_ENDPOINT_URL: places.laptopUrl,
    CLOUD: "local",
    DATABASE_URL: places.databaseUrl,
    VIDEO_JWT_KMS_KEY_ID: laptopResources.VIDEO_JWT_KMS_KEY_ID,
    VIDEO_RECORDINGS_KMS_KEY_ID: laptopResources.VIDEO_RECORDINGS_KMS_KEY_ID,
  };
}

/** With a real cloud the settings are the person's own; only what describes this very process is added. */
export function cloudEnv(
  shell: Record<string, string | undefined>,
  places: Pick<Places, "port">,
  dev: boolean,
): NodeJS.ProcessEnv {
  return {
    ...keep(shell, (name) => !/^(npm_|DATABASE_OWNER_URL$|NODE_OPTIONS$)/.test(name)),
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(places.port),
  };
}

/** The laptop cloud's own environment: where it listens and keeps its state. */
export function laptopEnv(
  shell: Record<string, string | undefined>,
  places: {
    port: number;
    folder: string;
    eventsUrl: string;
    functionsFile: string;
    demoHostFile: string;
    agentSecret: string;
    lan: LanDoor | null;
  },
): NodeJS.ProcessEnv {
  return {
    ...keep(shell, (name) => !withheld.test(name)),
    NODE_ENV: "production",
    CLOUD: "local",
    AWS_REGION: "us-east-1",
    LAPTOP_PORT: String(places.port),
    LAPTOP_DATA: places.folder,
    LAPTOP_EVENTS_URL: places.eventsUrl,
    LAPTOP_FUNCTIONS: places.functionsFile,
    LAPTOP_DEMO_HOST: places.demoHostFile,
    LAPTOP_AGENT_SECRET: places.agentSecret,
    // Its APIs stay on loopback: only media, and the signaling that the app's own door lets through, leave this machine.
    ...(places.lan
      ? {
          LAPTOP_UDP_HOST: places.lan.address,
          LAPTOP_SIGNALING_URL: lanUrl(places.lan),
        }
      : {}),
  };
}

function keep(
  shell: Record<string, string | undefined>,
  wanted: (name: string) => boolean,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(shell))
    if (value !== undefined && wanted(name)) kept[name] = value;
  return kept;
}
