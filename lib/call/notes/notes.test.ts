import { expect, test, vi } from "vitest";
import { openNotes } from "./notes";

function bench(loaded: { status: number; text: string | null } = { status: 200, text: "before" }) {
  const waiting: { ms: number; run: () => void; over: boolean }[] = [];
  const save = vi.fn(async (_text: string) => ({
    status: 200,
    savedAt: "2026-11-21T10:00:00Z" as string | null,
  }));
  const load = vi.fn(async () => loaded);
  const notes = openNotes({ load, save }, (ms, run) => {
    const one = { ms, run, over: false };
    waiting.push(one);
    return () => {
      one.over = true;
    };
  });
  const settled = () => new Promise((done) => setImmediate(done));
  const pass = async () => {
    for (const one of waiting.splice(0)) if (!one.over) one.run();
    await settled();
  };
  return { notes, save, load, waiting, pass, settled };
}

test("what is written is kept by the server after a pause, once, not at every key", async () => {
  const it = bench();
  await it.notes.open();
  for (const text of ["S", "Sl", "Sleeps"]) it.notes.write(text);
  expect(it.notes.state()).toMatchObject({ text: "Sleeps", kept: "unsaved" });
  await it.pass();
  expect(it.save.mock.calls).toEqual([["Sleeps"]]);
  expect(it.notes.state()).toMatchObject({ kept: "saved" });
});

test("a page that goes keeps what stands there, at once", async () => {
  const it = bench();
  await it.notes.open();
  it.notes.write("Last words");
  it.notes.keepNow();
  expect(it.save).toHaveBeenCalledWith("Last words");
});

test("what couldn't be kept is tried again, and never called saved", async () => {
  const it = bench();
  it.save.mockResolvedValueOnce({ status: 503, savedAt: null });
  await it.notes.open();
  it.notes.write("Text");
  await it.pass();
  expect(it.notes.state()).toMatchObject({ kept: "failed", text: "Text" });
  await it.pass();
  expect(it.notes.state()).toMatchObject({ kept: "saved" });
});

test("an older text can't arrive after a newer one", async () => {
  const it = bench();
  let answer: (value: { status: number; savedAt: string }) => void = () => undefined;
  it.save.mockImplementationOnce(() => new Promise((done) => (answer = done)));
  await it.notes.open();
  it.notes.write("one");
  it.notes.keepNow();
  it.notes.write("one two");
  it.notes.keepNow();
  expect(it.save).toHaveBeenCalledTimes(1);
  answer({ status: 200, savedAt: "2026-11-21T10:00:00Z" });
  await it.settled();
  await it.pass();
  expect(it.save.mock.calls.map(([text]) => text)).toEqual(["one", "one two"]);
});

test("a link alone is asked to sign in, and is heard again afterwards", async () => {
  const it = bench({ status: 401, text: null });
  await it.notes.open();
  expect(it.notes.state()).toEqual({ phase: "sign-in" });
  it.load.mockResolvedValueOnce({ status: 200, text: "mine" });
  await it.notes.open();
  expect(it.notes.state()).toMatchObject({ phase: "open", text: "mine" });
});

test("a sign-in that ends in mid-visit costs no word: what stands there is kept after the next one", async () => {
  const it = bench();
  it.save.mockResolvedValueOnce({ status: 401, savedAt: null });
  await it.notes.open();
  it.notes.write("Text");
  await it.pass();
  expect(it.notes.state()).toMatchObject({ kept: "signed-out", text: "Text" });
  await it.pass();
  expect(it.notes.state()).toMatchObject({ kept: "saved", text: "Text" });
});
