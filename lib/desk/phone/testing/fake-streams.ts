/// <reference types="amazon-connect-streams" />
import { randomUUID } from "node:crypto";
import type { Streams } from "../streams/streams";

type Call = {
  contactId: string;
  type: `${connect.ContactStateType}`;
  since: number;
  queue: string;
  video: boolean;
  /** The caller's leg, the agent's own, and whoever was called in. */
  caller: "connected" | "hold" | "disconnected";
  third: null | { name: string; is: "connecting" | "connected" };
  digits: string;
};
type Change = () => void;
const statuses = {
  Available: "routable",
  Offline: "offline",
  Break: "not_routable",
  Training: "not_routable",
} as const;

/**
 * Amazon Connect Streams, as its types and documents have it: one agent, their contacts and connections. What an act changes is told by `onRefresh`
 * afterwards; an act that the state does not allow fails by its callback.
 */
export function fakeStreams() {
  const state = { name: "Offline", type: "offline" as string, since: Date.now() };
  let next: string | null = null;
  let calls: Call[] = [];
  let cameAgent: connect.AgentCallback | null = null;
  let cameContact: connect.ContactCallback | null = null;
  let muteToggled: connect.AgentMutedStatusCallback = () => undefined;
  let isOpen = false;
  const refreshed = new Set<Change>();
  const core = new Map<string, Change>();
  const options: connect.InitCCPOptions[] = [];
  const subscribe = (all: Set<Change>, one: Change) => {
    all.add(one);
    return { unsubscribe: () => all.delete(one) };
  };
  const onCore = (name: string) => (run: unknown) => {
    core.set(name, run as Change);
    return { unsubscribe: () => core.delete(name) };
  };
  const tell = () => {
    for (const run of [...refreshed]) run();
  };
  const be = (name: string, type: string) => {
    Object.assign(state, { name, type, since: Date.now() });
  };
  const free = () => {
    const name = next ?? "Available";
    next = null;
    be(name, statuses[name as keyof typeof statuses]);
  };
  const move = (call: Call, type: Call["type"]) => Object.assign(call, { type, since: Date.now() });

  /** Answered later, as the vendor does, and only where the state allows it. */
  function answer(
    callbacks: connect.SuccessFailOptions | undefined,
    isAllowed: boolean,
    change: Change,
  ): void {
    queueMicrotask(() => {
      if (!isAllowed) return callbacks?.failure?.("invalid state");
      change();
      callbacks?.success?.();
      tell();
    });
  }

  function end(call: Call): void {
    if (call.type === "connected") {
      move(call, "ended");
      be("AfterCallWork", "system");
    } else {
      move(call, "missed");
      be("MissedCallAgent", "error");
    }
    call.caller = "disconnected";
  }

  function callerLeg(call: Call) {
    const leg: Pick<connect.BaseConnection, "isOnHold" | "hold" | "resume" | "sendDigits"> = {
      isOnHold: () => call.caller === "hold",
      hold: (callbacks) =>
        answer(callbacks, call.caller === "connected", () => {
          call.caller = "hold";
        }),
      resume: (callbacks) =>
        answer(callbacks, call.caller === "hold", () => {
          call.caller = "connected";
        }),
      sendDigits: (digits, callbacks) =>
        answer(callbacks, call.caller === "connected", () => {
          call.digits += digits;
        }),
    };
    return leg as connect.BaseConnection;
  }
  function thirdLeg(call: Call, third: NonNullable<Call["third"]>) {
    const leg: Pick<connect.BaseConnection, "isConnected" | "getEndpoint" | "destroy"> = {
      isConnected: () => third.is === "connected",
      getEndpoint: () => ({ name: third.name }) as connect.Endpoint,
      destroy: (callbacks) =>
        answer(callbacks, call.third === third, () => {
          call.third = null;
        }),
    };
    return leg as connect.BaseConnection;
  }
  function agentLeg(call: Call) {
    const leg: Pick<connect.BaseConnection, "destroy"> = {
      destroy: (callbacks) =>
        answer(callbacks, call.type === "connected", () => {
          // With a third there, the caller stays with them.
          if (!call.third) call.caller = "disconnected";
          move(call, "ended");
          be("AfterCallWork", "system");
        }),
    };
    return leg as connect.BaseConnection;
  }

  function contact(call: Call): connect.Contact {
    const api: Partial<connect.Contact> = {
      contactId: call.contactId,
      getContactId: () => call.contactId,
      getState: () => ({ type: call.type as connect.ContactStateType, timestamp: new Date(call.since) }),
      getStateDuration: () => Date.now() - call.since,
      getContactDuration: () => Date.now() - call.since,
      getQueue: () => ({ name: call.queue, queueARN: "arn:queue", queueId: "arn:queue" }),
      hasVideoRTCCapabilities: () => call.video,
      getActiveInitialConnection: () => (call.caller === "disconnected" ? null : callerLeg(call)),
      getAgentConnection: () => agentLeg(call),
      onRefresh: (run) => subscribe(refreshed, () => run(contact(call))),
      onDestroy: () => ({ unsubscribe: () => undefined }),
      accept: (callbacks) =>
        answer(callbacks, call.type === "connecting", () => {
          move(call, "connected");
          be("Busy", "system");
        }),
      reject: (callbacks) => answer(callbacks, call.type === "connecting", () => end(call)),
      clear: (callbacks) =>
        answer(callbacks, ["ended", "missed", "rejected", "error"].includes(call.type), () => {
          calls = calls.filter((one) => one !== call);
          if (state.name === "AfterCallWork") free();
        }),
      addConnection: ({ name }, callbacks) =>
        answer(callbacks, call.type === "connected" && call.third === null, () => {
          call.third = { name, is: "connecting" };
          call.caller = "hold";
        }),
      getSingleActiveThirdPartyConnection: () => (call.third ? thirdLeg(call, call.third) : null),
    };
    return api as connect.Contact;
  }

  const endpoint = (type: "agent" | "queue", name: string) =>
    ({ endpointARN: `arn:${type}/${name}`, endpointId: name, type, name }) as unknown as connect.Endpoint;
  const endpoints = [
    endpoint("queue", "Standard"),
    endpoint("agent", "Dr. Ann"),
    { ...endpoint("queue", "Taxi"), type: "phone_number" } as unknown as connect.Endpoint,
  ];
  const agent: Partial<connect.Agent> = {
    getAvailabilityState: () =>
      ({
        state: state.name,
        type: state.type,
        timeStamp: new Date(state.since),
      }) as connect.AgentAvailabilityState,
    getStateDuration: () => Date.now() - state.since,
    getNextState: () => (next ? { name: next } : null) as connect.AgentState,
    getAgentStates: () =>
      Object.entries(statuses).map(([name, type]) => ({
        name,
        type: type as connect.AgentStateType,
        agentStateARN: `arn:${name}`,
      })),
    getContacts: () => calls.map(contact),
    getAllQueueARNs: () => ["arn:queue"],
    getEndpoints: (_queues, { success }) => success({ endpoints, addresses: endpoints }),
    setState: ({ name }, callbacks, { enqueueNextState } = {}) => {
      const isAtWork = ["Busy", "PendingBusy", "AfterCallWork"].includes(state.name);
      const stands = calls.some(({ type }) => type === "missed" || type === "error");
      answer(callbacks, !stands && (!isAtWork || enqueueNextState === true), () => {
        if (isAtWork) next = name;
        else be(name, statuses[name as keyof typeof statuses]);
      });
    },
    mute: () => queueMicrotask(() => muteToggled({ muted: true })),
    unmute: () => queueMicrotask(() => muteToggled({ muted: false })),
    onRefresh: (run) => subscribe(refreshed, () => run(agent as connect.Agent)),
    onMuteToggle(run) {
      muteToggled = run;
      return { unsubscribe: () => undefined };
    },
    onWebSocketConnectionLost: (run) => void core.set("socket lost", () => run(agent as connect.Agent)),
    onWebSocketConnectionGained: (run) => void core.set("socket back", () => run(agent as connect.Agent)),
  };

  const streams: Streams = {
    core: {
      initCCP(_frame, given) {
        options.push(given);
        isOpen = true;
      },
      getEventBus: () =>
        ({ subscribe: (name: string, run: Change) => onCore(name)(run) }) as unknown as connect.EventBus,
      onAuthFail: onCore("auth fail"),
      onAccessDenied: onCore("access denied"),
      onIframeRetriesExhausted: onCore("retries exhausted"),
      terminate() {
        isOpen = false;
      },
    },
    agent(came) {
      cameAgent = came;
      return { unsubscribe: () => undefined };
    },
    contact(came) {
      cameContact = came;
      return { unsubscribe: () => undefined };
    },
  };

  return {
    streams,
    options,
    isOpen: () => isOpen,
    /** Somebody is signed in to the panel. */
    signIn: () => cameAgent?.(agent as connect.Agent),
    /** What the library itself tells: `ack_timeout`, `auth fail`, `access denied`, `retries exhausted`, `socket lost`, `socket back`. */
    happens: (name: string) => core.get(name)?.(),
    ring({ video = false, queue = "Standard" } = {}): string {
      const call: Call = {
        contactId: randomUUID(),
        type: "connecting",
        since: Date.now(),
        queue,
        video,
        caller: "connected",
        third: null,
        digits: "",
      };
      calls.push(call);
      be("PendingBusy", "system");
      cameContact?.(contact(call));
      tell();
      return call.contactId;
    },
    callerLeaves(contactId: string): void {
      const call = calls.find((one) => one.contactId === contactId);
      if (call) end(call);
      tell();
    },
    /** Whoever was called in answers, or hangs up. */
    third(contactId: string, does: "answer" | "leave"): void {
      const call = calls.find((one) => one.contactId === contactId);
      if (call?.third) call.third = does === "answer" ? { ...call.third, is: "connected" } : null;
      tell();
    },
    /** Pressed in the panel itself. */
    inPanel: (contactId: string) => contact(calls.find((one) => one.contactId === contactId)!),
    call: (contactId: string) => calls.find((one) => one.contactId === contactId),
  };
}
