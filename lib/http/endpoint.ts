import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { type Access, access, type RouteName } from "@/lib/auth/access";
import { actorFrom } from "@/lib/auth/actor-from";
import type { Actor, Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { hasNul, readForm, readJson } from "./body";
import { type DoorDeps, doorDeps } from "./deps";
import type { Answer, Answered, Described } from "./described";
import { faultFacts } from "./faults";
import { readHolder } from "./holder";
import { readOrigin } from "./origin";
import { type FieldError, type ProblemFacts, problemResponse } from "./problem";
import type { ProblemCode } from "./refusal-words";
import { requestLocale } from "./request-locale";

export type Knock<Body, Query> = {
  deps: DoorDeps;
  request: Request;
  /** Somebody whom the table lets in; on an open door possibly `anonymous`. */
  actor: Actor;
  origin: Origin;
  params: Record<string, string>;
  body: Body;
  query: Query;
  /** Who may repeat: see `readHolder`. */
  holder: string;
  /** "" when the browser never opened a link of ours. */
  browserId: string;
  requestId: string;
};

type Options<Body, Query, A extends Answer, Code extends ProblemCode> = Omit<Described, "answer"> & {
  answer: A;
  /** Each refusal that `run` may give stands here: one that does not, does not compile. */
  refuses?: readonly Code[];
  body?: z.ZodType<Body>;
  query?: z.ZodType<Query>;
  run(knock: Knock<Body, Query>): Promise<Result<Answered<A>, { code: NoInfer<Code> }> | Response>;
};
type NextContext = { params: Promise<Record<string, string | string[] | undefined>> };
export type Endpoint = ((request: Request, context: NextContext) => Promise<Response>) & {
  route: RouteName;
  describes: Described;
};

/**
 * A route handler: limits, authenticates, checks the origin of cookies, validates, runs, and answers JSON or problem+json (RFC 9457).
 * Every answer is `no-store` and carries `x-request-id`. A fault is logged with its cause and answered without it.
 */
export function endpoint<
  A extends Answer,
  const Code extends ProblemCode = never,
  Body = Record<string, never>,
  Query = Record<string, never>,
>(options: Options<Body, Query, A, Code>): Endpoint {
  const rule: Access = access[options.route];
  const handle = async (request: Request, context: NextContext): Promise<Response> => {
    const requestId = randomUUID();
    const audience = "open" in rule ? "link" : "caller";
    const refuse = (facts: ProblemFacts, toLink = audience === "link") =>
      problemResponse(facts, {
        audience: toLink ? "link" : "caller",
        locale: requestLocale(request.headers),
        extra: { ...options.refused?.(facts), requestId },
      });
    let response: Response;
    let log: DoorDeps["log"] | undefined;
    let proveAnswer: DoorDeps["proveAnswer"];
    try {
      const deps = await doorDeps();
      ({ log, proveAnswer } = deps);
      const knock = await prepare(options, rule, deps, request, context, requestId);
      if (!knock.ok) response = refuse(knock.error);
      else if (options.persons && knock.value.actor.kind !== "person")
        response = refuse({ code: "FORBIDDEN" });
      else {
        const result = await options.run(knock.value);
        if (result instanceof Response) response = result;
        else if (result.ok) response = answer(result.value, options.status ?? 200);
        else response = refuse(result.error, audience === "link" && !isSignedIn(knock.value.actor));
      }
    } catch (fault) {
      // Without a log there are no dependencies yet: the database or the vault is still away.
      const facts: ProblemFacts = log ? faultFacts(fault) : { code: "NOT_READY" };
      const line = { err: fault, requestId, route: options.route, code: facts.code };
      if (log) log.error(line, "request failed");
      else console.error("not ready", line);
      response = refuse(facts);
    }
    response.headers.set("x-request-id", requestId);
    await proveAnswer?.(options, response);
    return response;
  };
  return Object.assign(handle, { route: options.route, describes: options });
}

export function isSignedIn(actor: Actor): boolean {
  return actor.kind === "person" || actor.kind === "api-key";
}

function answer(value: unknown, status: number): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  });
}

async function prepare<Body, Query>(
  options: Pick<Described, "form"> & { body?: z.ZodType<Body>; query?: z.ZodType<Query> },
  rule: Access,
  deps: DoorDeps,
  request: Request,
  context: NextContext,
  requestId: string,
): Promise<Result<Knock<Body, Query>, ProblemFacts>> {
  const origin = readOrigin(request.headers, deps.env.TRUSTED_PROXY);
  const flooded = await deps.floodLimits.check(rule.limit, origin.ip);
  if (flooded) return err({ code: "FLOOD_LIMITED", ...flooded });

  const actor = await actorFrom(deps, { request, origin, rule });
  if (!actor.ok) return actor;
  const holder = readHolder(request.headers);
  if (!holder.ok) return holder;

  const params = await readParams(context);
  if (typeof params === "string") return err({ code: params });

  const query = parse<Query>(options.query, Object.fromEntries(new URL(request.url).searchParams));
  if (!query.ok) return query;
  const raw =
    request.method === "GET" || request.method === "HEAD"
      ? ok({})
      : await (options.form ? readForm : readJson)(request);
  if (!raw.ok) return raw;
  const body = parse<Body>(options.body, raw.value);
  if (!body.ok) return body;
  return ok({
    deps,
    request,
    actor: actor.value,
    origin,
    params,
    body: body.value,
    query: query.value,
    ...holder.value,
    requestId,
  });
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An id that can be nobody's is answered as an unknown one is. */
async function readParams(
  context: NextContext,
): Promise<Record<string, string> | "VISIT_UNKNOWN" | "ROOM_UNKNOWN"> {
  const params: Record<string, string> = {};
  const given = (await context.params) ?? {};
  const unknown = "roomId" in given ? "ROOM_UNKNOWN" : "VISIT_UNKNOWN";
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== "string" || hasNul(value)) return unknown;
    const isId = name === "visitId" || name === "roomId";
    if (isId && !uuid.test(value)) return unknown;
    params[name] = isId ? value.toLowerCase() : value;
  }
  return params;
}

function parse<T>(schema: z.ZodType<T> | undefined, value: unknown): Result<T, ProblemFacts> {
  if (!schema) return ok({} as T);
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const errors: FieldError[] = parsed.error.issues.map((issue) => ({
    path: issue.path.join("."),
    message: issue.message,
  }));
  return err({ code: "INPUT_INVALID", errors });
}
