import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { openFrames } from "./frames";

test("whose pages may hold ours no client tells, whatever page it asks for, and no database is asked for what is no site", async () => {
  const frames = openFrames({ DATABASE_URL: "postgres://nobody.invalid/none" });
  for (const url of ["/support", "/", "/embed", "/embed/not-an-id", "/embed/a/b", "/embed/%2e%2e?x=1"]) {
    const headers: Record<string, string> = { "x-vouchsafe-frames": "https://evil.example" };
    await frames.settle({ url, headers } as unknown as IncomingMessage);
    expect(headers, url).toEqual({});
  }
});
