import { expect, test } from "vitest";
import { person } from "@/db/testing/people";
import { cancelVisit } from "./cancel-visit";
import { lookAtToday, newsOf } from "./look-at-today";
import { notifyParties } from "./notify-parties";
import { givenVisits, granted, joinAs, makePersons, makeVisit, scheduler } from "./testing";

const deps = givenVisits();

test("the day's news changes with what the list shows, and not by being looked at; it counts who waits and names nobody", async () => {
  const persons = await makePersons(deps.db);
  const jane = person(persons.clinicianId, "clinician");
  const news = async () => newsOf(await lookAtToday(deps, { actor: jane }));
  const seen = [await news()];
  const changedBy = async (deed: () => Promise<unknown>) => {
    await deed();
    const now = await news();
    expect(now).toEqual(await news());
    expect(seen.map(({ version }) => version)).not.toContain(now.version);
    seen.push(now);
    return now;
  };
  let visitId = "";
  await changedBy(async () => {
    ({ visitId } = await makeVisit(deps, { persons }));
  });
  expect(await changedBy(() => joinAs(deps, visitId, "patient"))).toMatchObject({ waiting: 1 });
  const off = await changedBy(async () => granted(await cancelVisit(deps, { actor: scheduler, visitId })));
  expect(off).toMatchObject({ waiting: 0 });
  expect(JSON.stringify(seen)).not.toMatch(/Walter|Greene|Jane/);

  // Another clinician's list is another list.
  const other = await makeVisit(deps);
  granted(await notifyParties(deps, { actor: scheduler, visitId: other.visitId }));
  expect(await news()).toEqual(seen.at(-1));
});
