import type { Contact } from "./contacts";
import type { Flow } from "./flow/flow";
import { type Deed, type Hosted, hostFlow, type Sound } from "./flow/host";
import type { Facts, HookEvent } from "./flow/turn";
import type { Instance } from "./instance";
import { lambdaEvent } from "./lambda-event";

/** How Connect calls a function: in-process, as the vendor's own services do. */
export type LambdaInvoker = {
  invoke(
    functionArn: string,
    event: unknown,
    options: { timeoutMs: number },
  ): Promise<{ ok: true; payload: unknown } | { ok: false; code: string; message: string }>;
};

/** What runs for each contact: its own flow, that of its queue, or that of a hold; and what it hears meanwhile. */
export function openContactFlows(options: {
  instance: Instance;
  facts: Facts;
  lambdas: LambdaInvoker;
  /** `words` is told of captions. */
  soundOf: (contact: Contact, words: (text: string | null) => void, press: (key: string) => void) => Sound;
  did: (contact: Contact, deed: Deed) => void;
  changed: (contact: Contact) => void;
  log: (line: object) => void;
}) {
  const { instance, facts } = options;
  const running = new Map<string, { hosted: Hosted | null; sound: Sound }>();

  function press(contact: Contact, key: string): void {
    running.get(contact.contactId)?.hosted?.press(key);
  }

  function slotOf(contact: Contact) {
    const known = running.get(contact.contactId);
    if (known) return known;
    const words = (text: string | null) => {
      if (contact.words === text) return;
      contact.words = text;
      options.changed(contact);
    };
    const slot = { hosted: null, sound: options.soundOf(contact, words, (key) => press(contact, key)) };
    running.set(contact.contactId, slot);
    return slot;
  }

  async function invoke(
    contact: Contact,
    { functionArn, parameters, timeoutMs }: Parameters<Parameters<typeof hostFlow>[0]["invoke"]>[0],
  ) {
    const event = lambdaEvent(instance, contact, parameters);
    const answer = await options.lambdas.invoke(functionArn, event, { timeoutMs });
    if (!answer.ok) options.log({ level: "warn", connect: "lambda", functionArn, code: answer.code });
    return answer.ok ? { payload: answer.payload } : null;
  }

  function run(contact: Contact, flow: Flow): void {
    const slot = slotOf(contact);
    slot.hosted?.stop();
    slot.hosted = null;
    let isCurrent = true;
    const hosted = hostFlow({
      flow,
      facts,
      sound: slot.sound,
      data: dataOf(instance, contact),
      invoke: (call) => invoke(contact, call),
      did(deed) {
        if (deed.kind === "enqueue" || deed.kind === "disconnect") isCurrent = false;
        options.did(contact, deed);
      },
    });
    // A flow that put the contact into a queue at once has made room for the queue's own.
    if (isCurrent && running.has(contact.contactId)) slot.hosted = hosted;
  }

  return {
    press,
    run,
    runHook(contact: Contact, event: HookEvent): void {
      const flow = instance.flow(contact.hooks[event] ?? "");
      if (flow) run(contact, flow);
    },
    /** Whatever plays ends, and so does the flow that played it. */
    silence(contact: Contact): void {
      const slot = running.get(contact.contactId);
      running.delete(contact.contactId);
      slot?.hosted?.stop();
      slot?.sound.close();
      contact.words = null;
    },
    /** What is whispered into the agent's ear: told in words, so that it delays nobody. Null: nothing. */
    whisper(contact: Contact): string | null {
      const flow = instance.flow(contact.hooks.AgentWhisper ?? "");
      const words: string[] = [];
      if (flow)
        hostFlow({
          flow,
          facts,
          data: dataOf(instance, contact),
          invoke: async () => null,
          sound: { say: (said) => void ("text" in said && words.push(said.text)), hush() {}, close() {} },
          did() {},
        }).stop();
      return words.join(" ") || null;
    },
    close(): void {
      for (const { hosted, sound } of running.values()) {
        hosted?.stop();
        sound.close();
      }
      running.clear();
    },
  };
}

const dataOf = (instance: Instance, { contactId, attributes, target, telephone }: Contact) => ({
  contactId,
  attributes,
  sipHeaders: telephone?.headers ?? {},
  external: {},
  storedInput: "",
  queueName: (target && "queueId" in target ? instance.queue(target.queueId)?.name : undefined) ?? "",
});
