import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { Halt } from "./halt";

const port = z.coerce.number().int().min(0).max(65535);
const schema = z.object({
  CLOUD: z.enum(["local", "aws"]).default("local"),
  PORT: port.default(3000),
  LAPTOP_PORT: port.default(4600),
  LAN_PORT: port.default(3443),
  VOUCHSAFE_DATA: z.string().default(".vouchsafe"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  NEXT_PUBLIC_APP_URL: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.string().optional(),
});

/** What the launcher itself decides on; everything else is handed through to the processes it starts. */
export type LaunchSettings = {
  cloud: "local" | "aws";
  dev: boolean;
  /** 0 asks for a free port. */
  port: number;
  laptopPort: number;
  /** `--lan`: HTTPS for phones on the same network. `address`: what the person named, or null to choose. */
  lan: { address: string | null; port: number } | null;
  /** Absolute: the one folder that holds this copy's state. */
  dataFolder: string;
  /** Unset: the embedded server. */
  databaseUrl: string | undefined;
  databaseOwnerUrl: string | undefined;
  /** Where people reach the app; unset: this machine's own address. */
  publicUrl: string | undefined;
};

/** Reads `.env` when there is one (the environment wins) and then the environment. Halts naming every bad setting. */
export function readLaunchSettings(root: string, args: string[]): LaunchSettings {
  loadDotEnv(path.join(root, ".env"));
  const unknown = args.filter((arg) => arg !== "--dev" && !/^--lan(=|$)/.test(arg));
  if (unknown.length > 0)
    throw new Halt(`Unknown argument ${unknown.join(" ")}. Known: --lan, --lan=<address>, --dev.`);
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const named = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Halt(`Bad settings (see .env.example): ${named.join("; ")}`);
  }
  const env = parsed.data;
  if (env.CLOUD === "aws" && !env.DATABASE_URL)
    throw new Halt("CLOUD=aws needs DATABASE_URL: with a real cloud nothing local is started.");
  const lan = args.find((arg) => arg.startsWith("--lan"));
  if (lan !== undefined && args.includes("--dev"))
    throw new Halt("--lan serves the built pages: npm start -- --lan, without --dev.");
  if (lan !== undefined && env.CLOUD === "aws")
    throw new Halt(
      "--lan tries the laptop cloud with a phone; with CLOUD=aws the phone opens your own address.",
    );
  return {
    cloud: env.CLOUD,
    dev: args.includes("--dev"),
    port: env.PORT,
    laptopPort: env.LAPTOP_PORT,
    lan: lan === undefined ? null : { address: lan.slice("--lan=".length) || null, port: env.LAN_PORT },
    dataFolder: path.resolve(root, env.VOUCHSAFE_DATA),
    databaseUrl: env.DATABASE_URL,
    databaseOwnerUrl: env.DATABASE_OWNER_URL,
    publicUrl: env.NEXT_PUBLIC_APP_URL?.replace(/\/$/, ""),
  };
}

function loadDotEnv(file: string): void {
  if (!existsSync(file)) return;
  const load: unknown = process.loadEnvFile; // Node 20.9 has none, whatever its types say
  if (typeof load !== "function")
    throw new Halt(
      `Node ${process.versions.node} cannot read ${file} (20.12 can). Set the variables in the environment.`,
    );
  process.loadEnvFile(file);
}
