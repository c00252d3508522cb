import type { ServerResponse } from "node:http";
import { readJsonBody, VendorError } from "../../http/vendor-error";
import type { ApiRequest, ApiResponse } from "../../wire";
import type { Agent } from "../agents";
import type { ConnectContext } from "../context";
import type { Input } from "../input";
import { acts, Refused } from "./acts";
import { snapshotFor } from "./snapshot";
import { isSame, makeToken, readToken } from "./token";

/** Where the door stands. */
const agentsPath = "/_laptop/connect/agents";
const heartbeatMs = 15_000;
/** Changes that come together are told together. */
const calmMs = 10;

const answer = (status: number, body: unknown): ApiResponse => ({
  status,
  headers: { "content-type": "application/json", "cache-control": "no-store" },
  body: JSON.stringify(body),
});

export type AgentDoor = {
  /** @returns null when it keeps the answer open (server-sent events). */
  handle(request: ApiRequest, outgoing: ServerResponse): Promise<ApiResponse | null>;
  /** Tells every desk. */
  changed(): void;
};

/**
 * What an agent's desk speaks with, in place of the vendor's own panel. Programs alone come in: signing in takes `secret`, everything
 * else the token that it gives; whatever a browser sends is refused.
 * @param options.secret empty: nobody signs in.
 */
export function openAgentDoor(options: {
  connect: () => ConnectContext;
  secret: string;
  now: () => number;
}): AgentDoor {
  const { secret, now } = options;
  const desks = new Set<() => void>();

  function signIn(input: Input): ApiResponse {
    const { instance, agents } = options.connect();
    const { username, name, profile = "Support" } = input;
    if (typeof username !== "string" || !/^[\w.@+-]{1,100}$/.test(username))
      throw new Refused(400, "BAD_INPUT", "username has 1 to 100 letters, digits and . @ + - _");
    if (typeof name !== "string" || name.length < 1 || name.length > 100)
      throw new Refused(400, "BAD_INPUT", "name has 1 to 100 characters");
    if (typeof profile !== "string" || !Object.hasOwn(instance.profiles, profile))
      throw new Refused(400, "BAD_INPUT", `profile is one of ${Object.keys(instance.profiles).join(", ")}`);
    const { agentId } = agents.signIn({ username, name, profile });
    const { token, expiresAt } = makeToken(secret, agentId, now());
    return answer(201, { agentId, token, expiresAt: new Date(expiresAt).toISOString() });
  }

  function agentOf(bearer: string): Agent {
    const agentId = readToken(secret, bearer, now());
    const agent = agentId === null ? undefined : options.connect().agents.find(agentId);
    if (!agent) throw new Refused(401, "TOKEN_INVALID", "Sign in again");
    return agent;
  }

  function follow(agent: Agent, outgoing: ServerResponse): void {
    outgoing.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    let due: NodeJS.Timeout | null = null;
    let last = "";
    const send = () => {
      due = null;
      const state = JSON.stringify(snapshotFor(options.connect(), agent));
      if (state !== last) outgoing.write(`event: state\ndata: ${state}\n\n`);
      last = state;
    };
    const tell = () => {
      due ??= setTimeout(send, calmMs);
    };
    const heartbeat = setInterval(() => outgoing.write(": still here\n\n"), heartbeatMs);
    desks.add(tell);
    send();
    outgoing.on("close", () => {
      desks.delete(tell);
      clearInterval(heartbeat);
      if (due) clearTimeout(due);
    });
  }

  async function admit(
    { method, path, headers, body }: ApiRequest,
    outgoing: ServerResponse,
  ): Promise<ApiResponse | null> {
    if (secret === "") throw new Refused(403, "NO_SECRET", "The agents' door opens with LAPTOP_AGENT_SECRET");
    if (headers.origin !== undefined || headers["sec-fetch-site"] !== undefined)
      throw new Refused(403, "NO_PAGES", "No page may speak for an agent");
    const bearer = /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1] ?? "";
    const [, act = ""] = /^\/me\/([a-z-]+)$/.exec(path.slice(agentsPath.length)) ?? [];
    switch (`${method} ${path.slice(agentsPath.length)}`) {
      case "POST ":
        if (!isSame(bearer, secret)) throw new Refused(401, "SECRET_WRONG", "Signing in takes the secret");
        return signIn(readJsonBody(body));
      case "GET /me":
        return answer(200, snapshotFor(options.connect(), agentOf(bearer)));
      case "GET /me/events":
        follow(agentOf(bearer), outgoing);
        return null;
    }
    const run = method === "POST" && Object.hasOwn(acts, act) ? acts[act] : undefined;
    if (!run) throw new Refused(404, "NOT_FOUND", "The README lists what there is");
    const agent = agentOf(bearer);
    await run(options.connect(), agent, readJsonBody(body));
    return answer(200, snapshotFor(options.connect(), agent));
  }

  return {
    async handle(request, outgoing) {
      try {
        return await admit(request, outgoing);
      } catch (cause) {
        if (cause instanceof Refused)
          return answer(cause.status, { code: cause.code, message: cause.message });
        if (cause instanceof VendorError)
          return answer(cause.status, { code: "BAD_INPUT", message: cause.message });
        throw cause;
      }
    },
    changed() {
      for (const tell of desks) tell();
    },
  };
}
