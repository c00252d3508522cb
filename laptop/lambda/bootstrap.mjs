// What Lambda's own Node.js runtime is to a function: loads its handler, asks the Runtime API for one event after another, and
// answers. Plain JavaScript: it runs as it is, in a process of its own.
// @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { request } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const { env } = process;
const base = `http://${env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const jsonType = "application/json";

// The laptop cloud holds the other end: when it is gone, so are we, whatever the handler does.
process.stdin.resume().once("end", () => process.exit(0));

/** No time-out: the next event may be hours away. */
function call(method, step, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(`${base}${step}`, { method, headers }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.once("error", reject);
      answer.once("end", () =>
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          text: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    asked.once("error", reject);
    asked.end(body);
  });
}

function tell(step, error) {
  const known = error instanceof Error;
  const errorType = known ? error.name : typeof error;
  const said = {
    errorType,
    errorMessage: known ? error.message : String(error),
    trace: known && error.stack ? error.stack.split("\n") : [],
  };
  return call("POST", step, JSON.stringify(said), {
    "content-type": jsonType,
    "lambda-runtime-function-error-type": `Unhandled.${errorType}`.replace(/[^\w.]/g, ""),
  });
}

async function loadHandler() {
  const [file, name] = env._HANDLER.split(".");
  const loaded = await import(pathToFileURL(path.join(env.LAMBDA_TASK_ROOT, `${file}.mjs`)).href);
  if (typeof loaded[name] === "function") return loaded[name];
  throw Object.assign(new Error(`${env._HANDLER} is undefined or not exported`), {
    name: "Runtime.HandlerNotFound",
  });
}

const contextOf = (headers) => ({
  awsRequestId: headers["lambda-runtime-aws-request-id"],
  invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
  functionName: env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
  memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Number(headers["lambda-runtime-deadline-ms"]) - Date.now(),
});

async function serveOne(handler) {
  const { headers, text } = await call("GET", "/invocation/next");
  const step = `/invocation/${headers["lambda-runtime-aws-request-id"]}`;
  try {
    const answer = JSON.stringify((await handler(JSON.parse(text), contextOf(headers))) ?? null);
    await call("POST", `${step}/response`, answer, { "content-type": jsonType });
  } catch (error) {
    await tell(`${step}/error`, error);
  }
}

try {
  const handler = await loadHandler().catch(async (error) => {
    await tell("/init/error", error);
    process.exit(1);
  });
  for (;;) await serveOne(handler);
} catch {
  process.exit(0); // the Runtime API is gone
}
