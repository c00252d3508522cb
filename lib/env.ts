import { z } from "zod";

const text = z.string().trim().min(1);
/** Left out: "". */
const absent = z.string().trim().default("");
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/$/, ""));
const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((item) => item.trim())
      .filter(Boolean),
  );
const port = z.coerce.number().int().min(0).max(65535);

const sipSettings = [
  "SIP_MEDIA_APPLICATION_ID",
  "VOICE_CONNECTOR_ARN",
  "SUPPORT_SIP_NUMBER",
  "SUPPORT_SIP_CALLER_NUMBER",
] as const;

const schema = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    CLOUD: z.enum(["local", "aws"]).default("local"),
    PORT: port.default(3000),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(200).default(10),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),

    /** The AWS SDKs' own convention: on a laptop it names the laptop cloud; in production it is absent. */
    AWS_ENDPOINT_URL: url.optional(),
    AWS_REGION: text.default("us-east-1"),
    MEDIA_REGION: text.default("us-east-1"),
    CONNECT_INSTANCE_ID: text,
    CONNECT_VIDEO_FLOW_ID: text,
    CONNECT_SUPPORT_FLOW_ID: text,
    CONNECT_SMS_NUMBER: text,
    /** Support's hours of operation and the queue that most callers join: said before the call. Without them nothing is said. */
    CONNECT_SUPPORT_HOURS_ID: absent,
    CONNECT_SUPPORT_QUEUE_ID: absent,
    /** Calls by route `sip`: all four, or none of them. */
    SIP_MEDIA_APPLICATION_ID: absent,
    VOICE_CONNECTOR_ARN: absent,
    /** The contact centre's number behind the Voice Connector, and the one that calls it. E.164. */
    SUPPORT_SIP_NUMBER: absent,
    SUPPORT_SIP_CALLER_NUMBER: absent,
    VIDEO_JWT_KMS_KEY_ID: text,
    /** Keys that still verify but no longer sign, comma-separated: how a signing key rotates. */
    VIDEO_JWT_KMS_RETIRED_KEY_IDS: list,
    VIDEO_RECORDINGS_KMS_KEY_ID: text,
    /** Recordings, where calls may be recorded: the bucket, and the role by which the meeting's cloud encrypts what it writes there. Both, or neither. */
    RECORDINGS_BUCKET: absent,
    RECORDINGS_ROLE_ARN: absent,
    SES_SENDER: z.email(),
    SES_CONFIGURATION_SET: text.optional(),
    SMS_CONFIGURATION_SET: text.optional(),
    /** SNS topics (ARNs, comma-separated) whose notifications we believe: delivery events of mail and texts, and texts sent to us. */
    MESSAGE_EVENT_TOPICS: list,
    /** The pool and both app clients, or none of them: then nobody signs in, links work, and every door of an account answers 503. */
    COGNITO_USER_POOL_ID: absent,
    COGNITO_CLIENT_ID: absent,
    COGNITO_CLIENT_SECRET: z.string().optional(),
    /** The second app client, whose refresh tokens rotate: our own browser sessions. */
    COGNITO_WEB_CLIENT_ID: absent,
    COGNITO_WEB_CLIENT_SECRET: z.string().optional(),

    /** `npm start -- --lan`: where phones on the same network open the app over HTTPS, and the file with its key and certificate. */
    LAN_LISTEN: z
      .string()
      .regex(/^\d+\.\d+\.\d+\.\d+:\d+$/)
      .optional(),
    LAN_CERTIFICATE: text.optional(),

    NEXT_PUBLIC_APP_URL: url,
    VIDEO_JOIN_URL: url,
    NEXT_PUBLIC_VIDEO_ENABLED: z.enum(["true", "false"]).default("true"),
    NEXT_PUBLIC_CONNECT_CCP_URL: url.optional(),
    CORS_ALLOWED_ORIGINS: list,
    TRUSTED_PROXY: z.enum(["none", "vercel", "cloudfront"]).default("none"),
    /** The laptop cloud's agents are signed in with it. The launcher makes it; in front of the real cloud there is none. */
    LAPTOP_AGENT_SECRET: text.optional(),
    VISIT_ROUTE: z.enum(["meeting", "connect"]).default("meeting"),
    /** Live captions by the meeting's own transcription: sound goes to the transcriber while somebody has them on. */
    CAPTIONS: z.enum(["off", "on"]).default("off"),
    STAFF_MFA: z.enum(["off", "required"]).default("off"),
    /** How the sound of calls goes to the contact centre, where who calls doesn't say. */
    SUPPORT_ROUTE: z.enum(["webrtc", "sip"]).default("webrtc"),
    /** How long ago somebody may have signed in who calls the contact centre as themselves. */
    SUPPORT_SIGN_IN_MAX_MINUTES: z.coerce.number().int().min(1).max(43_200).default(720),
    JOIN_CODE_LENGTH: z.coerce.number().int().min(8).max(12).default(8),
    /** `browser`: whoever opened the link may come back. `strict`: only from the same address and browser. */
    JOIN_BINDING: z.enum(["browser", "strict"]).default("browser"),

    CLINIC_NAME: text.default("Linden Street Clinic"),
    CLINIC_PHONE: text.default("+15550100199"),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  })
  .superRefine((env, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (env.CLOUD === "local" && !env.AWS_ENDPOINT_URL)
      issue(
        "AWS_ENDPOINT_URL",
        "CLOUD=local needs the laptop cloud's address, so that nothing can reach a real cloud",
      );
    if (env.CLOUD === "aws" && env.AWS_ENDPOINT_URL)
      issue(
        "AWS_ENDPOINT_URL",
        "must be absent with CLOUD=aws: it would send production traffic to another endpoint",
      );
    if (env.LAN_LISTEN && (env.CLOUD !== "local" || !env.LAN_CERTIFICATE))
      issue("LAN_LISTEN", "is the laptop's own door: it needs CLOUD=local and LAN_CERTIFICATE");
    if (env.CLOUD === "aws" && !env.VIDEO_JOIN_URL.startsWith("https:"))
      issue("VIDEO_JOIN_URL", "must be https with CLOUD=aws");
    const accounts = ["COGNITO_USER_POOL_ID", "COGNITO_CLIENT_ID", "COGNITO_WEB_CLIENT_ID"] as const;
    if (hasAccounts(env))
      for (const name of accounts.filter((name) => !env[name]))
        issue(name, "is missing: give the pool and both app clients, or none of them");
    if (sipSettings.some((name) => env[name]))
      for (const name of sipSettings.filter((name) => !env[name]))
        issue(name, "is missing: give all four settings of route sip, or none of them");
    if (Boolean(env.RECORDINGS_BUCKET) !== Boolean(env.RECORDINGS_ROLE_ARN))
      issue(
        env.RECORDINGS_BUCKET ? "RECORDINGS_ROLE_ARN" : "RECORDINGS_BUCKET",
        "is missing: give both settings of recordings, or neither",
      );
    if (env.SUPPORT_ROUTE === "sip" && !env.SIP_MEDIA_APPLICATION_ID)
      issue("SUPPORT_ROUTE", "is sip, which needs SIP_MEDIA_APPLICATION_ID and the three beside it");
    for (const topic of env.MESSAGE_EVENT_TOPICS)
      if (!/^arn:aws(-us-gov)?:sns:[a-z0-9-]{1,32}:\d{12}:[\w-]{1,256}$/.test(topic))
        issue("MESSAGE_EVENT_TOPICS", "must be the ARNs of SNS topics, comma-separated");
  });

export type Env = z.output<typeof schema>;

/** Whether people can have accounts here ("Cognito not configured" otherwise). */
export function hasAccounts(
  env: Pick<Env, "COGNITO_USER_POOL_ID" | "COGNITO_CLIENT_ID" | "COGNITO_WEB_CLIENT_ID">,
): boolean {
  return Boolean(env.COGNITO_USER_POOL_ID || env.COGNITO_CLIENT_ID || env.COGNITO_WEB_CLIENT_ID);
}

/** Read once, at the edge of a process. Throws one message naming every bad variable, never a value. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`Bad environment (see .env.example):\n${lines.join("\n")}`);
}

let own: Env | undefined;
/** This process's environment, read at first use and never again. */
export function env(): Env {
  own ??= readEnv(process.env);
  return own;
}
