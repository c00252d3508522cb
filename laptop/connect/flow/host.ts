import type { FlowData } from "./data";
import type { Flow } from "./flow";
import { begin, type Step, step } from "./run";
import type { Effect, Facts, FlowEvent, Run, Said } from "./turn";

/** What a caller hears. `done` is told once, later, unless it was hushed or something else was said before. */
export type Sound = {
  say(said: Said, done: (heard: boolean) => void): void;
  hush(): void;
  /** Nothing will be said for now. */
  close(): void;
};

/** What the host leaves to others: everything about the contact. */
export type Deed = Exclude<Effect, { kind: "invoke" | "say" | "hush" | "alarm" }>;

export type Hosted = {
  press(key: string): void;
  /** It ends where it is; what was being said stops. */
  stop(): void;
};

/** Runs a flow: carries out what it wants, and brings back what comes of it. */
export function hostFlow(options: {
  flow: Flow;
  data: FlowData;
  facts: Facts;
  /** Null: no answer that could be used. Never rejects. */
  invoke(call: Extract<Effect, { kind: "invoke" }>): Promise<{ payload: unknown } | null>;
  sound: Sound;
  did(deed: Deed): void;
}): Hosted {
  const { flow, facts, sound } = options;
  let run: Run | null = null;
  let alarm: NodeJS.Timeout | undefined;
  let isStopped = false;

  function take({ run: now, effects }: Step): void {
    run = now;
    for (const effect of effects) if (!isStopped) carryOut(effect);
  }
  function happen(event: FlowEvent): void {
    if (run && run.at !== null && !isStopped) take(step(flow, run, event, facts));
  }
  function carryOut(effect: Effect): void {
    switch (effect.kind) {
      case "invoke":
        void options
          .invoke(effect)
          .then((answer) => happen(answer ? { kind: "answered", ...answer } : { kind: "unanswered" }));
        return;
      case "say":
        sound.say(effect.said, (heard) => happen({ kind: heard ? "heard" : "unheard" }));
        return;
      case "hush":
        clearTimeout(alarm);
        sound.hush();
        return;
      case "alarm":
        clearTimeout(alarm);
        alarm = setTimeout(() => happen({ kind: "alarm" }), effect.ms);
        return;
      default:
        options.did(effect);
    }
  }

  take(begin(flow, options.data, facts));
  return {
    press: (key) => happen({ kind: "key", key }),
    stop() {
      isStopped = true;
      clearTimeout(alarm);
      sound.hush();
    },
  };
}
