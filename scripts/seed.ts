import { randomBytes, randomInt } from "node:crypto";
import path from "node:path";
import { z } from "zod";
import { type DemoEmail, type DemoSecrets, demoAccounts, demoSite, prepareDemo } from "@/lib/demo";
import { readEnv } from "@/lib/env";
import { openContainer } from "@/lib/wiring/container";
import { readJson, writePrivateJson } from "./start/private-file";

/**
 * `npm run seed [-- --json]`: demo people, accounts and a fresh visit. Passwords are random for each data folder (`VOUCHSAFE_DATA`) and kept
 * there in `demo.json`, for its owner's eyes only. `--json`: one line on stdout, as `lib/demo.ts` describes it.
 */
const file = path.resolve(process.env.VOUCHSAFE_DATA ?? ".vouchsafe", "demo.json");
const hostFile = path.join(path.dirname(file), "demo-host.json");
const stored = z
  .object({
    passwords: z.record(z.string(), z.string()),
    adminKey: z.string().min(20),
    siteKey: z.string().min(20),
  })
  .partial();

async function demoSecrets(): Promise<DemoSecrets> {
  const known = stored.parse((await readJson(file)) ?? {});
  const passwords = Object.fromEntries(
    demoAccounts.map(({ email }) => [email, known.passwords?.[email] ?? newPassword()]),
  ) as Record<DemoEmail, string>;
  const key = (made?: string) => made ?? `vsk_${randomBytes(32).toString("base64url")}`;
  const secrets = { passwords, adminKey: key(known.adminKey), siteKey: key(known.siteKey) };
  await writePrivateJson(file, secrets);
  return secrets;
}

/** Meets Cognito's strictest policy and can be typed from a screen: about 70 bits. */
function newPassword(): string {
  const letters = (count: number) =>
    Array.from({ length: count }, () => "abcdefghjkmnpqrstuvwxyz"[randomInt(23)]).join("");
  return `${letters(1).toUpperCase()}${letters(5)}-${randomInt(1000, 10_000)}-${letters(6)}`;
}

const deps = await openContainer("seed", readEnv({ LOG_LEVEL: "warn", ...process.env }));
try {
  const secrets = await demoSecrets();
  const demo = await prepareDemo(deps, secrets);
  const { NEXT_PUBLIC_APP_URL: appUrl } = deps.env;
  // For the laptop cloud's demo of a site of somebody else's: its server's secret, for nobody else.
  await writePrivateJson(hostFile, { appUrl, key: secrets.siteKey, ...demoSite });
  if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(demo)}\n`);
  else {
    for (const { email, password } of demo.accounts) process.stdout.write(`${email.padEnd(28)}${password}\n`);
    process.stdout.write(
      `patient    ${demo.patientLink}\nclinician  ${demo.clinicianLink}\nadmin key  ${demo.adminKey}\n`,
    );
  }
} finally {
  await deps.db.close();
}
