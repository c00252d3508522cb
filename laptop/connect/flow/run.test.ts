import { describe, expect, test } from "vitest";
import agentWhisper from "../../../infra/flows/agent-whisper.json";
import inQueue from "../../../infra/flows/in-queue.json";
import onHold from "../../../infra/flows/on-hold.json";
import placeholders from "../../../infra/flows/placeholders.json";
import supportFlow from "../../../infra/flows/support.json";
import videoFlow from "../../../infra/flows/video.json";
import visitQueue from "../../../infra/flows/visit-queue.json";
import type { FlowData } from "./data";
import { type Action, type Flow, fillIn } from "./flow";
import { begin, type Step, step } from "./run";
import type { Effect, Facts, FlowEvent, Run } from "./turn";

/** Every placeholder stands for its own name. */
const names = Object.fromEntries(Object.keys(placeholders).map((name) => [name, name]));
const flows = Object.fromEntries(
  Object.entries({ supportFlow, videoFlow, inQueue, visitQueue, onHold, agentWhisper }).map(
    ([name, flow]) => [name, fillIn(flow, names)],
  ),
) as Record<string, Flow>;
const support = flows.supportFlow!;

const data = (more: Partial<FlowData> = {}): FlowData => ({
  contactId: "c1",
  attributes: {},
  sipHeaders: {},
  external: {},
  storedInput: "",
  queueName: "",
  ...more,
});
const facts = (more: Partial<Facts> = {}): Facts => ({
  isOpen: () => true,
  hasQueue: () => true,
  hasAgent: (id) => id === "jane",
  hasFlow: () => true,
  hasRoom: () => true,
  ...more,
});

const verified = { auth_status: "verified", customer_id: "12345", first_name: "John", tier: "standard" };
const answered = (payload: unknown): FlowEvent => ({ kind: "answered", payload });
const keys = (typed: string): FlowEvent[] => [...typed].map((key) => ({ kind: "key", key }));
const heard: FlowEvent = { kind: "heard" };
const alarm: FlowEvent = { kind: "alarm" };

/** Runs a flow through these events. @returns where it stands, and all that it did. */
function walk(
  flow: Flow,
  events: FlowEvent[],
  more: { data?: Partial<FlowData>; facts?: Partial<Facts> } = {},
) {
  const known = facts(more.facts);
  let now = begin(flow, data(more.data), known);
  const done = [...now.effects];
  for (const event of events) {
    now = step(flow, now.run, event, known);
    done.push(...now.effects);
  }
  return { run: now.run, done, words: wordsIn(done), queue: queueIn(done) };
}
const wordsIn = (effects: Effect[]) =>
  effects.flatMap((effect) => (effect.kind === "say" && "text" in effect.said ? [effect.said.text] : []));
const queueIn = (effects: Effect[]) =>
  effects.flatMap((effect) => (effect.kind === "enqueue" ? [effect.target] : []))[0];
const lastOf = (effects: Effect[]) => effects.filter(({ kind }) => kind !== "hush").at(-1);

describe("somebody who signed in", () => {
  test.each([
    ["standard", "StandardQueueArn"],
    ["silver", "PremiumQueueArn"],
    ["gold", "PersonalBankersQueueArn"],
  ])("of tier %s waits in %s without a word being asked", (tier, queueId) => {
    const { run, queue, words } = walk(support, [answered({ ...verified, tier })]);
    expect(queue).toEqual({ queueId });
    expect(words).toEqual([]);
    expect(run.data.attributes).toMatchObject({
      auth_status: "verified",
      customer_id: "12345",
      first_name: "John",
      caller_context: "",
    });
  });

  test("is greeted by first name while the agent rings, then hears music", () => {
    const { words, done } = walk(flows.inQueue!, [heard], {
      data: { attributes: { auth_status: "verified", first_name: "John" } },
    });
    expect(words).toEqual(["Welcome back, John. Connecting you now."]);
    expect(done).toContainEqual({ kind: "say", said: { promptId: "HoldMusicPromptArn" } });
    expect(done).toContainEqual({ kind: "alarm", ms: 60_000 });
  });
});

describe("whoever cannot be verified reaches an agent who asks", () => {
  const standard = { queueId: "StandardQueueArn" };
  const silent = [heard, alarm, heard];

  test.each<[string, FlowEvent]>([
    ["a Lambda that is away or slow", { kind: "unanswered" }],
    ["a list instead of a map", answered(["verified"])],
    ["a nested answer", answered({ ...verified, more: { tier: "gold" } })],
    ["a number among the strings", answered({ ...verified, customer_id: 12345 })],
    ["32 kB of it", answered({ ...verified, first_name: "x".repeat(32_768) })],
    ["a refusal", answered({ auth_status: "failed", reason: "EXPIRED" })],
    ["no status at all", answered({})],
  ])("after %s", (_, event) => {
    const { run, queue } = walk(support, [event, ...silent]);
    expect(queue).toEqual(standard);
    expect(run.data.attributes).toMatchObject({ auth_status: "unverified", customer_id: "" });
  });

  test("whatever attributes the contact began with", () => {
    const planted = { auth_status: "verified", customer_id: "99", tier: "gold", first_name: "Eve" };
    const { run, queue } = walk(support, [{ kind: "unanswered" }, ...silent], {
      data: { attributes: planted },
    });
    expect(run.data.attributes).toMatchObject({ auth_status: "unverified", customer_id: "", tier: "" });
    expect(queue).toEqual(standard);
  });

  test("an account number that is known saves a question, and verifies nobody", () => {
    const { run, done, queue } = walk(support, [
      { kind: "unanswered" },
      ...keys("4711#"),
      answered({ auth_status: "identified", customer_id: "12345" }),
      heard,
    ]);
    expect(done).toContainEqual(
      expect.objectContaining({
        kind: "invoke",
        functionArn: "VerifyAccountFunctionArn",
        parameters: { account_number: "4711" },
        timeoutMs: 3_000,
      }),
    );
    expect(run.data.attributes.auth_status).toBe("identified");
    expect(queue).toEqual(standard);
  });

  test("even the verifying Lambda's word counts for nothing from the second one", () => {
    const { run } = walk(support, [{ kind: "unanswered" }, ...keys("1#"), answered(verified)]);
    expect(run.data.attributes.auth_status).toBe("unverified");
  });

  test("three wrong numbers are enough", () => {
    const wrong = [...keys("1#"), answered({ auth_status: "unknown" }), heard];
    const { words, queue } = walk(support, [{ kind: "unanswered" }, ...wrong, ...wrong, ...wrong, heard]);
    expect(words.filter((said) => said.startsWith("Please enter"))).toHaveLength(3);
    expect(queue).toEqual(standard);
  });

  test("one number tried too often is enough", () => {
    const { queue } = walk(support, [
      { kind: "unanswered" },
      ...keys("1#"),
      answered({ auth_status: "locked" }),
      heard,
    ]);
    expect(queue).toEqual(standard);
  });
});

describe("a keypad", () => {
  const asked = walk(support, [{ kind: "unanswered" }]).run;
  const press = (...events: FlowEvent[]) => {
    let now: Step = { run: asked, effects: [] };
    for (const event of events) now = step(support, now.run, event, facts());
    return now;
  };
  test("a key interrupts the prompt, and gives the next one five seconds", () => {
    expect(press(...keys("1")).effects).toEqual([{ kind: "hush" }, { kind: "alarm", ms: 5_000 }]);
  });
  test("the prompt is heard out before the eight seconds begin", () => {
    expect(asked.notes.prompting).toBe(true);
    expect(press(heard).effects).toEqual([{ kind: "alarm", ms: 8_000 }]);
  });
  test("a pause ends the number", () => {
    expect(press(...keys("12"), alarm).run.data.storedInput).toBe("12");
  });
  test("the star begins anew", () => {
    expect(press(...keys("99*12#")).run.data.storedInput).toBe("12");
  });
  test("twenty digits are all that is taken", () => {
    expect(press(...keys("1".repeat(25))).run.data.storedInput).toBe("1".repeat(20));
  });
  test("silence is a time-out, and no number", () => {
    expect(press(heard, alarm).run.data.storedInput).toBe("Timeout");
  });
});

describe("when nobody can take the call", () => {
  test("closed hours say so and hang up", () => {
    const { words, done } = walk(support, [heard], { facts: { isOpen: () => false } });
    expect(words).toEqual([expect.stringContaining("We are closed now")]);
    expect(lastOf(done)).toEqual({ kind: "disconnect" });
  });
  test("hours that cannot be read count as open", () => {
    expect(walk(support, [answered(verified)], { facts: { isOpen: () => null } }).queue).toBeTruthy();
  });
  test("a premium queue that is not there falls to the standard one", () => {
    const { queue } = walk(support, [answered({ ...verified, tier: "gold" })], {
      facts: { hasQueue: (id) => id === "StandardQueueArn" },
    });
    expect(queue).toEqual({ queueId: "StandardQueueArn" });
  });
  test("half an hour of waiting ends in a word of what to do", () => {
    const { words, done } = walk(flows.inQueue!, [...Array.from({ length: 31 }, () => alarm), heard]);
    expect(words.at(-1)).toContain("ask for a call back");
    expect(lastOf(done)).toEqual({ kind: "disconnect" });
  });
});

describe("a visit", () => {
  test("goes to its clinician's agent", () => {
    const { queue } = walk(flows.videoFlow!, [], { data: { attributes: { clinician_agent: "jane" } } });
    expect(queue).toEqual({ agentId: "jane" });
  });
  test.each<Record<string, string>>([{}, { clinician_agent: "nobody" }])(
    "with %j it waits in the queue of visits",
    (attributes) => {
      expect(walk(flows.videoFlow!, [], { data: { attributes } }).queue).toEqual({
        queueId: "VisitsQueueArn",
      });
    },
  );
});

describe("every branch of every flow is walked", () => {
  /** A way on that only a fault of the vendor's could take: another branch always comes first. */
  const unused = new Set([
    "Compare",
    "CheckHoursOfOperation",
    "Loop",
    "TransferContactToQueue",
    "MessageParticipantIteratively",
  ]);
  const all = Object.entries(flows).flatMap(([name, flow]) =>
    flow.Actions.flatMap(
      ({ Identifier, Type, Transitions: { NextAction, Errors = [], Conditions = [] } }) => [
        ...(NextAction === undefined ? [] : [[name, Identifier, "NextAction", Type]]),
        ...Errors.map(({ ErrorType }) => [name, Identifier, ErrorType, Type]),
        ...Conditions.map(({ Condition }) => [name, Identifier, Condition.Operands[0], Type]),
      ],
    ),
  ) as Array<[string, string, string, string]>;
  // Held music has no condition: when it was heard, it goes on.
  const isUnused = ([name, , taken, type]: (typeof all)[number]) =>
    taken === "NextAction" && unused.has(type) && name !== "onHold";
  const walked = new Set<string>();
  const walk = (name: string, identifier: string, taken: string) => {
    const reached = isWalked(redirected(flows[name]!, identifier, taken));
    if (reached) walked.add(`${name}, ${identifier}, ${taken}`);
    return reached;
  };

  test("there are branches to walk", () => expect(all.length).toBeGreaterThan(90));
  test.each(all.filter((one) => !isUnused(one)))("%s, %s, %s", (name, identifier, taken) => {
    expect(walk(name, identifier, taken)).toBe(true);
  });
  test.each(all.filter(isUnused))("%s, %s, %s: no caller can come this way", (name, identifier, taken) => {
    expect(walk(name, identifier, taken)).toBe(false);
  });
  test("what was walked is every branch there is, but for those that nobody can take", () => {
    const possible = all
      .filter((one) => !isUnused(one))
      .map(([name, id, taken]) => `${name}, ${id}, ${taken}`);
    expect([...walked].sort()).toEqual(possible.sort());
  });
});

const probe: Action = {
  Identifier: "probe",
  Type: "MessageParticipantIteratively",
  Parameters: { Messages: [{ Text: "probe" }] },
  Transitions: {},
};

/** The flow with one branch led to the probe. */
function redirected(flow: Flow, identifier: string, taken: string): Flow {
  const copy = structuredClone(flow);
  const { Transitions } = copy.Actions.find(({ Identifier }) => Identifier === identifier)!;
  const target =
    Transitions.Errors?.find(({ ErrorType }) => ErrorType === taken) ??
    Transitions.Conditions?.find(({ Condition }) => Condition.Operands[0] === taken) ??
    Transitions;
  target.NextAction = probe.Identifier;
  copy.Actions.push(probe);
  return copy;
}

const worlds: Array<Partial<Facts>> = [
  {},
  { isOpen: () => false },
  { isOpen: () => null },
  { hasRoom: () => false },
  { hasRoom: () => null },
  { hasFlow: () => false },
  { hasQueue: () => false },
  { hasQueue: (id) => id !== "PersonalBankersQueueArn" },
  { hasQueue: (id) => !["PersonalBankersQueueArn", "PremiumQueueArn"].includes(id) },
];
const beginnings: Array<Record<string, string>> = [
  {},
  { clinician_agent: "jane" },
  { auth_status: "verified", first_name: "John" },
  { auth_status: "identified" },
  { ballast: "x".repeat(32_768) },
  { ballast: "x".repeat(32_650) },
];
const events: FlowEvent[] = [
  heard,
  { kind: "unheard" },
  alarm,
  { kind: "unanswered" },
  ...keys("1#"),
  answered(verified),
  answered({ ...verified, tier: "gold" }),
  answered({ ...verified, tier: "silver" }),
  answered({ auth_status: "failed", reason: "EXPIRED".repeat(20) }),
  answered({ auth_status: "identified", customer_id: "1".repeat(200) }),
  answered({ auth_status: "locked" }),
];

/** Tries everything that can happen in every world until the probe is heard. */
function isWalked(flow: Flow): boolean {
  return worlds.some((world) => beginnings.some((attributes) => reaches(flow, facts(world), attributes)));
}

function reaches(flow: Flow, world: Facts, attributes: Record<string, string>): boolean {
  const seen = new Set<string>();
  const due: Step[] = [begin(flow, data({ attributes }), world)];
  for (let now = due.pop(); now; now = due.pop()) {
    if (now.run.at === probe.Identifier) return true;
    const key = placeOf(now.run);
    if (now.run.at === null || seen.has(key)) continue;
    seen.add(key);
    for (const event of events) due.push(step(flow, now.run, event, world));
  }
  return false;
}

const placeOf = ({ at, notes, loops, data: { attributes, external, storedInput } }: Run) =>
  JSON.stringify([
    at,
    notes.prompting,
    notes.keys.length > 0,
    loops,
    attributes.auth_status,
    external.auth_status,
    storedInput === "Timeout",
  ]);
