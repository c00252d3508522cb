import { existsSync, readFileSync } from "node:fs";

/** What a site that holds the call was given: where the call comes from, its own id there, and a key that its server alone knows. */
export type DemoHost = {
  appUrl: string;
  siteId: string;
  key: string;
  /** Who is signed in there. */
  customer: { number: string; name: string };
};

/** Looked at again for each request: whoever writes the file sets the site up. @returns null where there is none. */
export function readSetup(file: string): DemoHost | null {
  if (!file || !existsSync(file)) return null;
  const { appUrl, siteId, key, customer } = JSON.parse(readFileSync(file, "utf8"));
  const texts = [appUrl, siteId, key, customer?.number, customer?.name];
  return texts.every((one) => typeof one === "string") ? { appUrl, siteId, key, customer } : null;
}
