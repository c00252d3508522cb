import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { outbox } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { cancelVisit } from "./cancel-visit";
import { lookAtDoor } from "./look-at-door";
import { lookAtToday, newsOf } from "./look-at-today";
import { notifyParties } from "./notify-parties";
import {
  codeIn,
  givenVisits,
  granted,
  joinAs,
  linkOf,
  makePersons,
  makeVisit,
  origin,
  scheduler,
  toldDuring,
} from "./testing";

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

test("whoever keeps the list open is told when a link is opened first, and what became of a message", async () => {
  const { visitId } = await makeVisit(deps);
  granted(await notifyParties(deps, { actor: scheduler, visitId }));
  const { link } = await linkOf(deps, visitId, "patient");
  const look = () => lookAtDoor(deps, { code: codeIn(link), browserId: "", origin });
  expect(await toldDuring(deps, async () => void (await look()))).toEqual([visitId]);
  expect(await toldDuring(deps, async () => void (await look()))).toEqual([]); // once seen, it stays opened

  for (const column of ["sentAt", "deliveredAt"] as const) {
    const told = await toldDuring(deps, async () => {
      await deps.db.asActor(system, (tx) =>
        tx
          .update(outbox)
          .set({ [column]: new Date(), payload: null })
          .where(eq(outbox.visitId, visitId)),
      );
    });
    expect(new Set(told)).toEqual(new Set([visitId]));
  }
});
