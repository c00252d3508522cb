import type { Env } from "@/lib/env";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { AgentDoor, DeskAgent, Phone, PhoneAct, PhoneRefusal } from "@/lib/ports/agent-door";
import { signedIn, snapshot, toPhone } from "./phone-snapshot";

/** No answer from the laptop is waited for longer than this. */
const answerWithinMs = 4_000;
/** Before an agent's stream is opened again. */
const againMs = 1_000;
/** Longer than between two signs of life (15 s): then the stream is dead, though nobody said so. */
const silentMs = 40_000;

const profiles = { support: "Support", visits: "Visits", both: "Everything" } as const;
const away: PhoneRefusal = { code: "PHONE_AWAY", retryAfterMs: 2_000 };

/**
 * The laptop cloud's agents' door (`laptop/connect/README.md`). Agents are signed in by their own id, with the secret that the launcher gave to
 * both; their tokens never leave this process.
 */
export function laptopAgentDoor({
  env,
}: {
  env: Pick<Env, "AWS_ENDPOINT_URL" | "LAPTOP_AGENT_SECRET">;
}): AgentDoor {
  const base = `${env.AWS_ENDPOINT_URL}/_laptop/connect/agents`;
  const tokens = new Map<string, Promise<string>>();

  function tokenOf(agent: DeskAgent): Promise<string> {
    // Another name or role is another sign-in.
    const key = `${agent.staffId} ${agent.calls} ${agent.name}`;
    let token = tokens.get(key);
    if (!token) {
      token = signIn(agent);
      tokens.set(key, token);
      token.catch(() => tokens.delete(key));
    }
    return token;
  }
  const forget = (agent: DeskAgent) => tokens.delete(`${agent.staffId} ${agent.calls} ${agent.name}`);

  async function signIn({ staffId, name, calls }: DeskAgent): Promise<string> {
    const response = await fetch(base, {
      method: "POST",
      cache: "no-store",
      headers: { authorization: `Bearer ${env.LAPTOP_AGENT_SECRET}`, "content-type": "application/json" },
      body: JSON.stringify({ username: staffId, name: name.slice(0, 100), profile: profiles[calls] }),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    if (!response.ok) throw new Error(`The laptop's agents' door answered ${response.status}`);
    return signedIn.parse(await response.json()).token;
  }

  /** As the agent; a token that is no longer taken is fetched anew, once. Throws when nobody answers. */
  async function asAgent(agent: DeskAgent, step: string, init: RequestInit): Promise<Response> {
    const send = async () =>
      fetch(`${base}/me${step}`, {
        ...init,
        cache: "no-store",
        headers: { authorization: `Bearer ${await tokenOf(agent)}`, "content-type": "application/json" },
      });
    const first = await send();
    if (first.status !== 401) return first;
    await first.body?.cancel();
    forget(agent);
    return send();
  }

  async function ask(agent: DeskAgent, step: string, body?: object): Promise<Result<Phone, PhoneRefusal>> {
    const asked = await unlessAway(async () => {
      const response = await asAgent(agent, step, {
        method: body ? "POST" : "GET",
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(answerWithinMs),
      });
      return { status: response.status, answer: (await response.json()) as unknown };
    });
    if (!asked || asked.status >= 500) return err(away);
    if (asked.status === 200) return ok(toPhone(snapshot.parse(asked.answer)));
    return err(refusalOf(asked.answer as { code?: string }));
  }

  return {
    look: (agent) => ask(agent, ""),
    act: (agent, act) => ask(agent, `/${act.act}`, inputOf(act)),
    follow(agent, changed) {
      const over = new AbortController();
      void (async () => {
        while (!over.signal.aborted) {
          await unlessAway(() => readStream(agent, over.signal, changed));
          if (over.signal.aborted) return;
          changed();
          await new Promise((resolve) => setTimeout(resolve, againMs));
        }
      })();
      return () => over.abort();
    },
  };

  /** Until the stream ends. Each event says only that there is something new: whoever listens looks by themselves. */
  async function readStream(agent: DeskAgent, over: AbortSignal, changed: () => void): Promise<void> {
    const dead = new AbortController();
    let silence = setTimeout(() => dead.abort(), silentMs);
    try {
      const response = await asAgent(agent, "/events", { signal: AbortSignal.any([over, dead.signal]) });
      if (!response.ok || !response.body) return;
      for await (const chunk of response.body) {
        clearTimeout(silence);
        silence = setTimeout(() => dead.abort(), silentMs);
        if (Buffer.from(chunk).includes("data:")) changed();
      }
    } finally {
      clearTimeout(silence);
    }
  }
}

/** @returns null when the laptop is away, or stops in mid-answer. */
async function unlessAway<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TypeError || cause instanceof SyntaxError || cause instanceof DOMException)
      return null;
    throw cause;
  }
}

function inputOf(act: PhoneAct): object {
  switch (act.act) {
    case "status":
      return { status: act.status };
    case "transfer":
    case "consult": {
      const { contactId, to } = act;
      return to.kind === "queue" ? { contactId, queueId: to.id } : { contactId, agentId: to.id };
    }
    case "keys":
      return { contactId: act.contactId, keys: act.keys };
    default:
      return { contactId: act.contactId };
  }
}

function refusalOf({ code }: { code?: string }): PhoneRefusal {
  switch (code) {
    case "NOT_NOW":
      return { code: "NOT_AT_DESK" };
    case "AGENT_OFFLINE":
      return { code: "AGENT_AWAY" };
    case "BAD_INPUT":
      return { code: "CHOICE_UNKNOWN" };
    default:
      return away;
  }
}
