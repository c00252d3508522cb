import { readFileSync } from "node:fs";
import { z } from "zod";

const schema = z.object({
  appUrl: z.url(),
  laptopUrl: z.url(),
  patientLink: z.url(),
  clinicianLink: z.url(),
  accounts: z.array(z.object({ email: z.string(), password: z.string(), groups: z.array(z.string()) })),
  adminKey: z.string(),
});
export type Started = z.infer<typeof schema>;

/** The running system: VOUCHSAFE_STARTED names its `started.json`; without it the one of `npm start`. */
export function readStarted(): Started {
  return schema.parse(
    JSON.parse(readFileSync(process.env.VOUCHSAFE_STARTED ?? ".vouchsafe/started.json", "utf8")),
  );
}
