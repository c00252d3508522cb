/// <reference types="amazon-connect-streams" />
import type { NotedAct } from "@/lib/ports/agent-door";
import type { Acted, DeskPhone, Phone, PhoneAct, PhoneNews } from "../phone";
import { callerOf, contactOf, type Kept, panelPhone, thirdOf } from "./panel-phone";
import { type Streams, unanswered } from "./streams";

export type StreamsPhoneDeps = {
  load: () => Promise<Streams>;
  /** Where the panel stands in this page. */
  frame: () => HTMLElement | null;
  ccpUrl: string;
  frameTitle: string;
  /** Tells our own server; it asks the contact centre whether that is so. */
  note: (act: NotedAct) => Promise<void>;
  /** In milliseconds since 1970. */
  now: () => number;
  after: (ms: number, run: () => void) => () => void;
};
type Words = { unheard: string; declined: string; notHere: string };
type Callbacks = connect.SuccessFailOptions;
type Outcome = "done" | "declined" | "unheard";

/** The vendor gives no answer at all where its panel was closed under an act. */
const answerWithinMs = 10_000;

/**
 * The phone that Amazon Connect's own panel speaks for, in this browser: it has the sound and the picture, and this page follows its events and
 * presses its buttons. Whoever answers in the panel itself has the same desk. Nobody is signed in by us: the panel says when somebody must.
 */
export function streamsPhone(deps: StreamsPhoneDeps, words: Words): DeskPhone {
  let agent: connect.Agent | null = null;
  let told: (news: PhoneNews) => void = () => undefined;
  const kept: Kept = { status: "Available", muted: false, handedOn: null, transfers: [] };
  let endpoints = new Map<string, connect.Endpoint>();
  let before: Phone["contact"] = null;

  function tell(): void {
    if (!agent) return;
    const phone = panelPhone(agent, kept, deps.now());
    noteChange(phone.contact);
    told({ line: "live", phone, aheadMs: 0 });
  }

  /** Whoever pressed, here or in the panel: what is seen to have happened is noted. */
  function noteChange(contact: Phone["contact"]): void {
    const was = before?.contactId === contact?.contactId ? before : null;
    before = contact;
    if (!contact || !was || contact.phase !== "connected") {
      if (contact && !was) kept.muted = false;
      return;
    }
    const { contactId } = contact;
    if (was.phase === "ringing") void deps.note({ act: "accept", contactId });
    // A consultation has its own acts, and holds the caller by itself.
    if (was.held !== contact.held && !was.consultation && !contact.consultation)
      void deps.note({ act: contact.held ? "hold" : "resume", contactId });
  }

  function listen(streams: Streams, frame: HTMLElement): () => void {
    const { core } = streams;
    core.initCCP(frame, {
      ccpUrl: deps.ccpUrl,
      iframeTitle: deps.frameTitle,
      // A window that no press opened is blocked; this page has a link for it.
      loginPopup: false,
      softphone: {
        allowFramedSoftphone: true,
        allowFramedVideoCall: true,
        allowFramedScreenSharing: true,
        disableRingtone: true, // the desk has its own
      },
      pageOptions: { enableAudioDeviceSettings: true, enableVideoDeviceSettings: true },
    });
    const subscriptions: connect.Subscription[] = [
      core.getEventBus().subscribe(unanswered, () => told({ line: agent ? "away" : "sign-in" })),
      core.onAuthFail(() => told({ line: "sign-in" })),
      core.onAccessDenied(() => told({ line: "denied" })),
      core.onIframeRetriesExhausted(() => told({ line: "blocked" })),
      streams.agent((came) => {
        agent = came;
        subscriptions.push(
          came.onRefresh(tell),
          came.onMuteToggle(({ muted }) => {
            kept.muted = muted;
            tell();
          }),
        );
        came.onWebSocketConnectionLost(() => told({ line: "away" }));
        came.onWebSocketConnectionGained(tell);
        askForEndpoints(came);
        tell();
      }),
      streams.contact((contact) => {
        subscriptions.push(contact.onRefresh(tell), contact.onDestroy(tell));
        tell();
      }),
    ];
    return () => {
      for (const one of subscriptions) one.unsubscribe();
      core.terminate();
      frame.replaceChildren();
      agent = null;
      before = null;
    };
  }

  /** Quick connects of the agent's queues: whom a call may be handed to. Whether they are free, nobody says. */
  function askForEndpoints(of: connect.Agent): void {
    of.getEndpoints(of.getAllQueueARNs(), {
      success({ endpoints: found }) {
        const wanted = found.filter(({ type }) => type === "agent" || type === "queue");
        endpoints = new Map(wanted.map((one) => [one.endpointARN, one]));
        kept.transfers = wanted.map(({ endpointARN: id, name, type }) => ({
          kind: type === "agent" ? "agent" : "queue",
          id,
          name,
          free: true,
        }));
        tell();
      },
    });
  }

  const answered = (run: (callbacks: Callbacks) => void) =>
    new Promise<Outcome>((resolve) => {
      const cancel = deps.after(answerWithinMs, () => resolve("unheard"));
      const settle = (outcome: Outcome) => () => {
        cancel();
        resolve(outcome);
      };
      run({ success: settle("done"), failure: settle("declined") });
    });

  /** A contact that is somebody else's by now, or none any more, is hit by no press. */
  const here = (of: connect.Agent, contactId: string): connect.Contact | null => {
    const contact = contactOf(of);
    return contact?.getContactId() === contactId ? contact : null;
  };

  async function run(of: connect.Agent, act: PhoneAct): Promise<Outcome | "not-here"> {
    if (act.act === "status") return choose(of, act.status);
    const contact = here(of, act.contactId);
    if (!contact) return "not-here";
    const { contactId } = act;
    const caller = callerOf(contact);
    switch (act.act) {
      case "accept":
        return answered((callbacks) => contact.accept(callbacks));
      case "reject":
        return answered((callbacks) => contact.reject(callbacks));
      case "mute":
        of.mute();
        return "done";
      case "unmute":
        of.unmute();
        return "done";
      case "hold":
        return caller ? answered((callbacks) => caller.hold(callbacks)) : "not-here";
      case "resume":
        return caller ? answered((callbacks) => caller.resume(callbacks)) : "not-here";
      case "keys":
        return caller?.isOnHold() === false
          ? answered((callbacks) => caller.sendDigits(act.keys, callbacks))
          : "not-here";
      case "transfer":
        return handOn(contact, act);
      case "consult": {
        const endpoint = endpoints.get(act.to.id);
        if (!endpoint) return "not-here";
        return noted(act, await answered((callbacks) => contact.addConnection(endpoint, callbacks)));
      }
      case "take-back": {
        const third = thirdOf(contact);
        const gone = third && (await answered((callbacks) => third.destroy(callbacks)));
        if (gone && gone !== "done") return gone;
        return caller
          ? noted({ act: "take-back", contactId }, await answered((callbacks) => caller.resume(callbacks)))
          : "not-here";
      }
      case "hand-over":
        if (!thirdOf(contact)?.isConnected()) return "not-here";
        kept.handedOn = contactId;
        return noted(
          { act: "hand-over", contactId },
          await answered((callbacks) => contact.getAgentConnection().destroy(callbacks)),
        );
      case "leave":
        return answered((callbacks) => contact.getAgentConnection().destroy(callbacks));
      case "hang-up":
        await deps.note({ act: "hang-up", contactId });
        return answered((callbacks) => contact.getAgentConnection().destroy(callbacks));
      case "finish":
        await deps.note({ act: "finish", contactId });
        return answered((callbacks) => contact.clear(callbacks));
    }
  }

  async function noted(act: NotedAct, outcome: Outcome): Promise<Outcome> {
    if (outcome === "done") await deps.note(act);
    return outcome;
  }

  async function choose(of: connect.Agent, status: string): Promise<Outcome | "not-here"> {
    const state = of.getAgentStates().find(({ name }) => name === status);
    if (!state) return "not-here";
    // A missed call stands in the way until it is cleared.
    for (const contact of of.getContacts())
      if (["missed", "rejected", "error"].includes(contact.getState().type))
        await answered((callbacks) => contact.clear(callbacks));
    const outcome = await answered((callbacks) => of.setState(state, callbacks, { enqueueNextState: true }));
    if (outcome === "done") kept.status = status;
    return outcome;
  }

  /** The next one is called, and this agent leaves: the caller stays with whoever answers. */
  async function handOn(
    contact: connect.Contact,
    act: Extract<NotedAct, { to: object }>,
  ): Promise<Outcome | "not-here"> {
    const endpoint = endpoints.get(act.to.id);
    if (!endpoint) return "not-here";
    const added = await answered((callbacks) => contact.addConnection(endpoint, callbacks));
    if (added !== "done") return added;
    kept.handedOn = act.contactId;
    return noted(act, await answered((callbacks) => contact.getAgentConnection().destroy(callbacks)));
  }

  return {
    voices: "panel",
    follow(listener) {
      told = listener;
      let stop: (() => void) | null = null;
      let over = false;
      void deps.load().then(
        (streams) => {
          const frame = deps.frame();
          if (!over && frame) stop = listen(streams, frame);
        },
        () => told({ line: "lost" }), // its script did not come
      );
      return () => {
        over = true;
        told = () => undefined;
        stop?.();
      };
    },

    async act(act): Promise<Acted> {
      if (!agent) return { ok: false, say: words.unheard };
      const outcome = await run(agent, act);
      if (outcome === "done" && agent) {
        const phone = panelPhone(agent, kept, deps.now());
        noteChange(phone.contact);
        return { ok: true, phone };
      }
      const say = {
        declined: words.declined,
        "not-here": words.notHere,
        unheard: words.unheard,
        done: words.unheard,
      };
      return { ok: false, say: say[outcome] };
    },
  };
}
