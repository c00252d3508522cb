import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import { person } from "@/db/testing/people";
import { lookAtDoor } from "@/lib/visits/look-at-door";
import { notifyParties } from "@/lib/visits/notify-parties";
import {
  codeIn,
  granted,
  linkOf,
  makeVisit,
  openVisits,
  origin,
  refusalOf,
  scheduler,
  type TestVisits,
} from "@/lib/visits/testing";
import { changeClinic, changeWording } from "./change-clinic";
import { clinicOf } from "./clinic";
import { deliverDue } from "./deliver-due";

let visits: TestVisits;
let deps: TestVisits["deps"];
const admin = person(randomUUID(), "admin");
beforeAll(async () => {
  visits = await openVisits();
  deps = visits.deps;
});
afterAll(() => visits.close());
const everything = async () => {
  while ((await deliverDue(deps)) > 0);
};
const quiet = { from: "20:00", to: "09:00" };
const place = { template: "initial", locale: "en", part: "sms" } as const;
const words = "{clinic}: {visit} begins {when}. {link}";
const say = (text: string | null) => changeWording(deps, { actor: admin, ...place, words: text });
const flawsOf = async (text: string) => {
  const done = await say(text);
  return done.ok || done.error.code !== "WORDING_REFUSED" ? [] : done.error.flaws.map(({ code }) => code);
};

describe("what the clinic is called", () => {
  test("comes from the environment until an administrator saves it, and then from one place for pages and messages", async () => {
    expect(await clinicOf(deps)).toMatchObject({
      name: "Linden Street Clinic",
      quiet: { from: "21:00", to: "08:00" },
    });
    granted(
      await changeClinic(deps, { actor: admin, name: "  Elm Clinic ", phone: "(555) 010-0142", quiet }),
    );
    expect(await clinicOf(deps)).toMatchObject({ name: "Elm Clinic", phone: "+15550100142", quiet });
    const { visitId } = await makeVisit(deps, { channel: "email" });
    const { link } = await linkOf(deps, visitId, "patient");
    const door = await lookAtDoor(deps, { code: codeIn(link), browserId: "", origin });
    expect(door).toMatchObject({ value: { clinic: { name: "Elm Clinic", phone: "+15550100142" } } });
    granted(await notifyParties(deps, { actor: scheduler, visitId }));
    await everything();
    expect(deps.mailer.sent.at(-1)).toMatchObject({ senderName: "Elm Clinic" });
    expect(deps.mailer.sent.at(-1)?.text).toContain("(555) 010-0142");
  });

  test.each([
    ["no name", { name: " ", phone: "+15550100142", quiet }],
    ["no telephone", { name: "Elm", phone: "call us", quiet }],
    ["quiet all day", { name: "Elm", phone: "+15550100142", quiet: { from: "08:00", to: "07:00" } }],
    ["a time that is none", { name: "Elm", phone: "+15550100142", quiet: { from: "25:00", to: "07:00" } }],
  ])("cannot be %s", async (_, wrong) => {
    expect(refusalOf(await changeClinic(deps, { actor: admin, ...wrong }))).toBe("INPUT_INVALID");
  });

  test("is an administrator's to change, at the door and in the database", async () => {
    for (const role of ["scheduler", "clinician", "agent", "auditor"] as const)
      expect(
        refusalOf(
          await changeClinic(deps, {
            actor: person(randomUUID(), role),
            name: "X",
            phone: "+15550100142",
            quiet,
          }),
        ),
      ).toBe("FORBIDDEN");
    expect(refusalOf(await changeWording(deps, { actor: scheduler, ...place, words }))).toBe("FORBIDDEN");
  });
});

describe("the clinic's own words", () => {
  test("are what the next message says, until they are taken back; both are recorded", async () => {
    granted(await say(words));
    const { visitId } = await makeVisit(deps, { channel: "sms" });
    granted(await notifyParties(deps, { actor: scheduler, visitId }));
    await everything();
    expect(deps.texter.sent.at(-1)?.body).toMatch(
      /^Elm Clinic: your video visit with Dr\. Jane begins .*\/j\/\w+$/,
    );
    granted(await say(null));
    granted(await notifyParties(deps, { actor: scheduler, visitId }));
    await everything();
    expect(deps.texter.sent.at(-1)?.body).toMatch(/^Your video visit with Dr\. Jane starts/);
    const log = await deps.db.asActor(admin, (tx) => tx.select().from(auditLog));
    expect(log.filter(({ eventType }) => eventType === "MESSAGE_WORDING_CHANGED")).toHaveLength(2);
    expect(log.filter(({ eventType }) => eventType === "CLINIC_CHANGED")).toHaveLength(1);
  });

  test.each([
    ["without the link", "Your visit begins {when}.", ["PLACEHOLDER_MISSING"]],
    ["with the patient's name", "Dear {patient}, {when} {link}", ["PLACEHOLDER_UNKNOWN"]],
    ["with the reason", "{reason} {when} {link}", ["PLACEHOLDER_UNKNOWN"]],
    ["with another address", "{when} {link} or http://evil.test", ["ADDRESS"]],
    ["with a brace alone", "{when} {link} {", ["BRACE_ALONE"]],
    ["empty", "  ", ["EMPTY"]],
    ["longer than three parts", `{when} {link} ${"a".repeat(450)}`, ["TOO_MANY_PARTS"]],
    ["longer than three parts in another alphabet", `{when} {link} ${"ж".repeat(180)}`, ["TOO_MANY_PARTS"]],
    ["without end", `{when} {link} ${"a".repeat(700)}`, ["TOO_LONG"]],
  ])("are refused %s", async (_, text, flaws) => {
    expect(await flawsOf(text)).toEqual(flaws);
  });
});
