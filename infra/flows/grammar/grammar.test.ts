import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import placeholders from "../placeholders.json";
import { checkFlow, nextOf } from "./check-flow";
import type { Action, Flow } from "./flow";
import { placeholder } from "./parameters";

const folder = path.resolve(import.meta.dirname, "..");
const files = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "placeholders.json");
const textOf = (file: string) => readFileSync(path.join(folder, file), "utf8");
const flowOf = (file: string) => JSON.parse(textOf(file)) as Flow;
const support = flowOf("support.json");

/** The support flow with one block changed. */
function changed(identifier: string, change: (action: Action) => void): string[] {
  const flow = structuredClone(support);
  change(flow.Actions.find((action) => action.Identifier === identifier)!);
  return checkFlow(flow);
}

describe("our flows", () => {
  test("there are six of them", () => {
    expect(files.sort()).toEqual([
      "agent-whisper.json",
      "in-queue.json",
      "on-hold.json",
      "support.json",
      "video.json",
      "visit-queue.json",
    ]);
  });
  test.each(files)("%s is what Connect takes", (file) => {
    expect(checkFlow(flowOf(file))).toEqual([]);
  });
  test("every placeholder is told of, and none is told of in vain", () => {
    const used = new Set(
      files.flatMap((file) => [...textOf(file).matchAll(placeholder)].map(([, name]) => name)),
    );
    expect([...used].sort()).toEqual(Object.keys(placeholders).sort());
  });
  test("nothing of one deployment stands in them", () => {
    for (const file of files) expect(textOf(file)).not.toMatch(/arn:|\d{12}|[0-9a-f]{8}-[0-9a-f]{4}-/);
  });
});

describe("whatever happens to a caller", () => {
  const callers = ["support.json", "video.json", "in-queue.json", "visit-queue.json"];
  test.each(callers)("%s: whoever is hung up on was told why, in words, directly before", (file) => {
    const { Actions } = flowOf(file);
    const ends = Actions.filter(({ Type }) => Type === "DisconnectParticipant").map(
      ({ Identifier }) => Identifier,
    );
    const before = Actions.filter((action) => nextOf(action).some((id) => ends.includes(id)));
    expect(before.length).toBeGreaterThan(0);
    for (const { Type, Parameters } of before) {
      expect(Type).toBe("MessageParticipant");
      expect(Parameters.Text).toMatch(/call/);
    }
  });

  test("what a caller brings in attributes is forgotten before anything else is asked", () => {
    const [, forget] = support.Actions;
    expect(support.Actions[0]?.Transitions.NextAction).toBe(forget?.Identifier);
    expect(forget?.Parameters.Attributes).toMatchObject({
      auth_status: "unverified",
      customer_id: "",
      tier: "",
    });
  });

  test("only the Lambda's own word makes somebody verified", () => {
    const marks = support.Actions.filter(
      ({ Type, Parameters }) =>
        Type === "UpdateContactAttributes" &&
        (Parameters.Attributes as Record<string, string>).auth_status === "verified",
    );
    expect(marks.map(({ Identifier }) => Identifier)).toEqual(["keep verified"]);
    const ways = support.Actions.filter((action) => nextOf(action).includes("keep verified"));
    expect(ways.map(({ Identifier }) => Identifier)).toEqual(["is verified"]);
    expect(ways[0]?.Parameters.ComparisonValue).toBe("$.External.auth_status");
  });

  test("no flow log can hold a token or an account number", () => {
    for (const file of ["support.json", "video.json"]) {
      const { StartAction, Actions } = flowOf(file);
      const logging = Actions.filter(({ Type }) => Type === "UpdateFlowLoggingBehavior");
      expect(logging).toMatchObject([
        { Identifier: StartAction, Parameters: { FlowLoggingBehavior: "Disabled" } },
      ]);
    }
  });
});

describe("the grammar refuses", () => {
  test.each<[string, string, (action: Action) => void, RegExp]>([
    ["a block that nobody knows", "say busy", (a) => (a.Type = "SingToParticipant"), /no block that we know/],
    [
      "a dangling branch",
      "is verified",
      (a) => (a.Transitions.NextAction = "nowhere"),
      /nowhere, which is not there/,
    ],
    [
      "an error without a branch",
      "check account",
      (a) => (a.Transitions.Errors = []),
      /NoMatchingError has no branch/,
    ],
    [
      "an error that cannot be",
      "ask account times",
      (a) => (a.Transitions.Errors = [{ ErrorType: "NoMatchingError", NextAction: "hang up" }]),
      /cannot happen here/,
    ],
    [
      "a Lambda that may take nine seconds",
      "ask who calls",
      (a) => (a.Parameters.InvocationTimeLimitSeconds = "9"),
      /from 1 to 8/,
    ],
    ["a number that is no text", "ask account times", (a) => (a.Parameters.LoopCount = 3), /as text/],
    [
      "a parameter that nobody knows",
      "say busy",
      (a) => (a.Parameters.Volume = "11"),
      /must have 1 of|not known/,
    ],
    ["half of open and closed", "check hours", (a) => a.Transitions.Conditions?.pop(), /False has no branch/],
    [
      "data that a flow does not have",
      "is it known",
      (a) => (a.Parameters.ComparisonValue = "$.Secrets.x"),
      /no flow data/,
    ],
    [
      "a block in the wrong kind of flow",
      "say busy",
      (a) => (a.Type = "EndFlowExecution"),
      /may not stand in/,
    ],
    ["a way on from the end", "hang up", (a) => (a.Transitions.NextAction = "say busy"), /goes nowhere/],
    [
      "a queue and an agent at once",
      "to premium queue",
      (a) => (a.Parameters.AgentId = "$.Attributes.a"),
      /must have 1 of/,
    ],
    [
      "a block that is never reached",
      "say not found",
      (a) => (a.Identifier = "say lost"),
      /never reached|not there/,
    ],
  ])("%s", (_, identifier, change, said) => {
    expect(changed(identifier, change).join("\n")).toMatch(said);
  });
});
