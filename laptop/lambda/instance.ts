import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { LambdaFunction } from "./functions";
import { type FunctionError, initMaxMs, tooLarge } from "./limits";
import { type Invocation, openRuntimeApi } from "./runtime-api";

/** What came of one invocation. `payload` is the function's JSON, as text. */
export type Outcome =
  | { ok: true; payload: string }
  | { ok: false; kind: "unhandled" | "timed-out" | "too-large"; error: FunctionError };

/** A process that serves one function, one invocation at a time. */
export type Instance = {
  name: string;
  version: string;
  /** Never rejects. */
  run(requestId: string, event: string): Promise<Outcome>;
  /** False once its process has ended, or must. */
  isAlive(): boolean;
  stop(): void;
};

const bootstrap = fileURLToPath(new URL("./bootstrap.mjs", import.meta.url));
/** Of a line that a function prints. Characters. */
const lineMax = 2_000;

export async function startInstance(options: {
  fn: LambdaFunction;
  arn: string;
  region: string;
  version: string;
  log: (line: object) => void;
}): Promise<Instance> {
  const { fn, arn } = options;
  let waiting: ((invocation: Invocation) => void) | null = null;
  let onNext: (() => void) | null = null;
  let current: { requestId: string; settle: (outcome: Outcome) => void } | null = null;
  let alive = true;

  function settle(outcome: Outcome): void {
    const settled = current;
    current = null;
    settled?.settle(outcome);
  }
  const unhandled = (error: FunctionError): void => settle({ ok: false, kind: "unhandled", error });

  const api = await openRuntimeApi({
    next(deliver) {
      waiting = deliver;
      onNext?.();
    },
    response(requestId, payload) {
      if (current?.requestId !== requestId) return false;
      if (isJson(payload)) settle({ ok: true, payload });
      else unhandled({ errorType: "Runtime.InvalidJson", errorMessage: "The function answered no JSON" });
      return true;
    },
    error(requestId, error) {
      if (current?.requestId !== requestId) return false;
      if (error === tooLarge) settle({ ok: false, kind: "too-large", error });
      else unhandled(error);
      return true;
    },
    initError(error) {
      unhandled(error);
      stop();
    },
  });

  const child = spawn(process.execPath, [`--max-old-space-size=${fn.memoryMb}`, bootstrap], {
    cwd: fn.folder,
    env: environmentOf(options, api.address),
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin?.on("error", () => {}); // it ended before us
  forward(child, (line) => options.log({ lambda: fn.name, requestId: current?.requestId, line }));
  child.once("error", (cause) => ended(cause.message));
  child.once("exit", (code, signal) => ended(signal ?? `exit status ${code}`));

  function ended(how: string): void {
    alive = false;
    api.close();
    const errorMessage = `RequestId: ${current?.requestId} Error: Runtime exited with error: ${how}`;
    unhandled({ errorType: "Runtime.ExitError", errorMessage });
  }

  function stop(): void {
    alive = false;
    child.kill("SIGKILL");
  }

  function timedOut(requestId: string, ms: number): void {
    const errorMessage = `${new Date().toISOString()} ${requestId} Task timed out after ${(ms / 1000).toFixed(2)} seconds`;
    settle({ ok: false, kind: "timed-out", error: { errorType: "Sandbox.Timedout", errorMessage } });
    stop(); // as Lambda does: nobody knows what it still does
  }

  return {
    name: fn.name,
    version: options.version,
    isAlive: () => alive,
    stop,
    run(requestId, event) {
      return new Promise((resolve) => {
        let timer = setTimeout(() => timedOut(requestId, initMaxMs), initMaxMs);
        current = {
          requestId,
          settle(outcome) {
            clearTimeout(timer);
            resolve(outcome);
          },
        };
        if (!alive) return ended("it was not running");
        // Loading has a limit of its own; the function's counts from its first event.
        function begin(): void {
          clearTimeout(timer);
          const timeoutMs = fn.timeoutSeconds * 1000;
          timer = setTimeout(() => timedOut(requestId, timeoutMs), timeoutMs);
          onNext = null;
          const deliver = waiting;
          waiting = null;
          deliver?.({ requestId, arn, deadlineMs: Date.now() + timeoutMs, event });
        }
        if (waiting) begin();
        else onNext = begin;
      });
    },
  };
}

/** Nothing of our own environment: a function sees what it would see in Lambda. */
function environmentOf(
  { fn, region }: { fn: LambdaFunction; region: string },
  runtimeApi: string,
): NodeJS.ProcessEnv {
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin:/opt/bin",
    TZ: ":UTC",
    LANG: "en_US.UTF-8",
    NODE_ENV: "production",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: "laptop",
    AWS_SECRET_ACCESS_KEY: "laptop",
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split(".")[0]}.x`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `[$LATEST]${randomUUID().replaceAll("-", "")}`,
    LAMBDA_TASK_ROOT: fn.folder,
    _HANDLER: fn.handler,
    ...fn.environment,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
  };
}

function forward(child: ChildProcess, tell: (line: string) => void): void {
  for (const output of [child.stdout, child.stderr])
    if (output) createInterface({ input: output }).on("line", (line) => tell(line.slice(0, lineMax)));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
