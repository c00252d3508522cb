import { readFileSync, statSync, unwatchFile, watchFile } from "node:fs";
import path from "node:path";

/** A function as it is deployed. */
export type LambdaFunction = {
  name: string;
  /** Where its code lies: `index.mjs` for the handler `index.handler`. */
  folder: string;
  /** `file.export`. */
  handler: string;
  environment: Record<string, string>;
  /** 1 to 900. */
  timeoutSeconds: number;
  memoryMb: number;
  /** So many at once; more are throttled. */
  concurrency: number;
  /** So many processes are kept ready (provisioned concurrency): nobody waits for them to load. */
  provisioned: number;
};

export type Functions = {
  /** By name, ARN or partial ARN, with or without a version. */
  find(named: string): LambdaFunction | undefined;
  all(): LambdaFunction[];
  /** Calls `deployed` when the file is another. */
  onChange(deployed: () => void): void;
  close(): void;
};

/** Lambda's own defaults, but for the concurrency: a laptop has no thousand processes. */
const defaults = {
  handler: "index.handler",
  timeoutSeconds: 3,
  memoryMb: 128,
  concurrency: 10,
  provisioned: 0,
};

/** How soon a new deployment is seen, beside each invocation. Milliseconds. */
const lookEveryMs = 1_000;

/** `my-fn`, `my-fn:1`, `000000000000:function:my-fn`, or the whole ARN. @returns "" for what names no function. */
export function bareName(named: string): string {
  const [, name = ""] =
    /^(?:arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:|\d{12}:function:|function:)?([\w-]{1,64})(?::[\w$-]+)?$/.exec(
      named,
    ) ?? [];
  return name;
}

/**
 * The functions that a file lists: `{"<name>": {"folder", "handler"?, "environment"?, "timeoutSeconds"?, "memoryMb"?, "concurrency"?, "provisioned"?}}`,
 * folders from the file's own. Looked at again for each invocation: whoever writes it deploys. Without a file there are none.
 */
export function functionsIn(file: string): Functions {
  let readAt = Number.NaN;
  let known = new Map<string, LambdaFunction>();

  function look(): Map<string, LambdaFunction> {
    const changedAt = (file && statSync(file, { throwIfNoEntry: false })?.mtimeMs) || 0;
    if (changedAt !== readAt) {
      known = changedAt ? readFunctions(file) : new Map();
      readAt = changedAt;
    }
    return known;
  }
  return {
    find: (named) => look().get(bareName(named)),
    all: () => [...look().values()],
    onChange(deployed) {
      if (file) watchFile(file, { interval: lookEveryMs, persistent: false }, deployed);
    },
    close() {
      if (file) unwatchFile(file);
    },
  };
}

function readFunctions(file: string): Map<string, LambdaFunction> {
  const listed = JSON.parse(readFileSync(file, "utf8")) as Record<string, Partial<LambdaFunction>>;
  return new Map(
    Object.entries(listed).map(([name, { folder = name, environment = {}, ...given }]) => [
      name,
      { name, folder: path.resolve(path.dirname(file), folder), environment, ...defaults, ...given },
    ]),
  );
}

/** What a warm process must agree with to serve again: configuration and code. */
export function versionOf(fn: LambdaFunction): string {
  const code = path.join(fn.folder, `${fn.handler.split(".")[0]}.mjs`);
  return `${JSON.stringify(fn)} ${statSync(code, { throwIfNoEntry: false })?.mtimeMs ?? 0}`;
}
