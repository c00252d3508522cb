import { expect, test } from "vitest";
import { type CaptionTold, openCaptions } from "./captions";

function bench() {
  const asked: boolean[] = [];
  let fail = () => {};
  let quiet = () => {};
  const captions = openCaptions({
    ask: (on, failed) => {
      asked.push(on);
      fail = failed;
    },
    after: (_ms, run) => {
      quiet = run;
      return () => {
        quiet = () => {};
      };
    },
  });
  return { captions, asked, fail: () => fail(), quiet: () => quiet() };
}
const said = (id: string, text: string, final = false): CaptionTold => ({
  type: "said",
  id,
  who: "walter",
  text,
  final,
});

test("who asks for captions reads them as soon as they begin; the others are told, and choose for themselves", () => {
  const one = bench();
  one.captions.show();
  expect(one.asked).toEqual([true]);
  expect(one.captions.state()).toMatchObject({ asked: "starting", shown: true });
  const other = bench();
  for (const { captions } of [one, other]) captions.told({ type: "started" });
  expect(one.captions.state()).toMatchObject({ on: true, shown: true, asked: null });
  expect(other.captions.state()).toMatchObject({ on: true, shown: false, known: false });
  other.captions.show();
  expect(other.asked).toEqual([]); // they run already
});

test("a sentence grows in its place and is not repeated, and only the newest stay", () => {
  const { captions } = bench();
  captions.told(said("1", "take"));
  captions.told(said("1", "take two a day", true));
  expect(captions.state().lines).toEqual([{ id: "1", who: "walter", text: "take two a day", final: true }]);
  for (const id of ["2", "3", "4"]) captions.told(said(id, `sentence ${id}`));
  expect(captions.state().lines.map(({ id }) => id)).toEqual(["2", "3", "4"]);
});

test("a page that was reloaded learns from the first words that captions are on", () => {
  const { captions } = bench();
  captions.told(said("7", "hello"));
  expect(captions.state()).toMatchObject({ on: true, shown: false });
});

test("words go when nobody has spoken for a while, and all of them when captions end", () => {
  const { captions, quiet } = bench();
  captions.told(said("1", "hello"));
  quiet();
  expect(captions.state()).toMatchObject({ on: true, lines: [] });
  captions.told(said("2", "again"));
  captions.told({ type: "stopped" });
  expect(captions.state()).toMatchObject({ on: false, shown: false, lines: [] });
});

test("who asked in vain is told so and may ask again", () => {
  const { captions, fail, asked } = bench();
  captions.show();
  fail();
  expect(captions.state()).toMatchObject({ shown: false, asked: "failed" });
  captions.show();
  expect(asked).toEqual([true, true]);
});

test("either side can end them for everybody", () => {
  const { captions, asked } = bench();
  captions.told({ type: "started" });
  captions.stop();
  expect(asked).toEqual([false]);
});

test("what a machine wrote cannot reorder or hide other text", () => {
  const { captions } = bench();
  captions.told(said("1", "\u202eabc\u0007"));
  captions.told(said("2", " \u0000 "));
  expect(captions.state().lines.map(({ text }) => text)).toEqual(["abc"]);
});
