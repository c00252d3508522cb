import type { Env } from "@/lib/env";

/** A function's settings are few enough to be read by hand: each kilobyte of a bundle is loaded when it is cold. */
export type Source = Record<string, string | undefined>;

/** Throws, and names it, when it is missing. */
export function must(source: Source, name: string): string {
  const value = source[name]?.trim();
  if (!value) throw new Error(`${name} is missing`);
  return value;
}

/** Which cloud, and where. */
export function readCloud(source: Source) {
  const CLOUD: Env["CLOUD"] = source.CLOUD === "aws" ? "aws" : "local";
  return {
    CLOUD,
    AWS_REGION: must(source, "AWS_REGION"),
    AWS_ENDPOINT_URL: CLOUD === "local" ? must(source, "AWS_ENDPOINT_URL") : undefined,
  };
}
