import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startLaptop } from "../server";
import { readSettings } from "../settings";

/** What an SDK client of the laptop cloud is made with. */
export type ClientSettings = {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
};

export type TestLaptop = {
  url: string;
  client: ClientSettings;
  /** Sets a fault; without effect it takes it away. */
  fault(fault: object): Promise<void>;
  stop(): Promise<void>;
};

/** A laptop cloud in this process, on a free port, with a state folder of its own. */
export async function startTestLaptop(env: Record<string, string> = {}): Promise<TestLaptop> {
  const folder = await mkdtemp(path.join(tmpdir(), "laptop-test-"));
  const settings = readSettings({ LAPTOP_PORT: "0", LAPTOP_DATA: folder, ...env });
  const laptop = await startLaptop(settings, () => {});
  return {
    url: laptop.url,
    client: clientOf(laptop.url),
    async fault(fault) {
      const answer = await fetch(`${laptop.url}/_laptop/faults`, {
        method: "PUT",
        body: JSON.stringify(fault),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    async stop() {
      await laptop.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** One try only, so that a test sees each answer. */
export const clientOf = (endpoint: string): ClientSettings => ({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "any", secretAccessKey: "any" },
  maxAttempts: 1,
});
