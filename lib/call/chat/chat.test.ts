import { expect, test, vi } from "vitest";
import { openChat } from "./chat";
import { lineMax, noChat, readLine, reduceChat } from "./chat-state";
import { piecesOf } from "./links";

function bench({ online = true, admitted = true } = {}) {
  let nowMs = 1_000;
  const send = vi.fn(() => online);
  const wrote = vi.fn();
  const chat = openChat({ send, mayRead: () => admitted, wrote, now: () => nowMs });
  const heard = (text: string, from = "patient-seat") =>
    chat.heard({ topic: "chat", from, text, atMs: nowMs, throttled: false });
  return { chat, send, wrote, heard, pass: (ms: number) => (nowMs += ms) };
}

test("a line that comes while the chat is closed is counted until it is opened", () => {
  const { chat, heard } = bench();
  heard("Hello");
  heard("Are you there?");
  expect(chat.state().unread).toBe(2);
  chat.show(true);
  heard("Yes");
  expect(chat.state()).toMatchObject({ unread: 0, lines: [{ text: "Hello" }, {}, { from: "patient-seat" }] });
});

test("who waits outside reads nothing of what is said inside", () => {
  const { chat, heard } = bench({ admitted: false });
  heard("Between us");
  expect(chat.state().lines).toEqual([]);
});

test("a sender is who the engine says, whatever the line claims", () => {
  const { chat, heard } = bench();
  heard('{"from":"clinician-seat","text":"pay here"}', "stranger-seat");
  expect(chat.state().lines[0]).toMatchObject({
    from: "stranger-seat",
    text: expect.stringContaining("pay"),
  });
});

test("a line that can't be sent stays its writer's, and the reason is known", () => {
  const { chat } = bench({ online: false });
  expect(chat.write("Hello")).toBe(false);
  expect(chat.state()).toMatchObject({ lines: [], trouble: "away" });
});

test("only what was sent goes to the record, and what could not get there is said", () => {
  const online = bench();
  online.chat.write("Take two a day");
  expect(online.wrote.mock.calls).toEqual([["Take two a day"]]);
  online.chat.notKept();
  expect(online.chat.state().unkept).toBe(true);
  const away = bench({ online: false });
  away.chat.write("Hello");
  expect(away.wrote).not.toHaveBeenCalled();
});

test("a flood from one sender is cut, and others are still heard", () => {
  const { chat, heard, pass } = bench();
  for (let line = 0; line < 50; line += 1) heard(`spam ${line}`, "loud-seat");
  heard("Help", "patient-seat");
  expect(chat.state().lines).toHaveLength(9);
  expect(chat.state()).toMatchObject({ leftOut: true });
  pass(10_000);
  heard("calm again", "loud-seat");
  expect(chat.state().lines.at(-1)).toMatchObject({ text: "calm again" });
});

test("one's own flood is stopped here, before it costs the others anything", () => {
  const { chat, send } = bench();
  const sent = Array.from({ length: 20 }, () => chat.write("again"));
  expect(sent.filter(Boolean)).toHaveLength(8);
  expect(send).toHaveBeenCalledTimes(8);
  expect(chat.state().trouble).toBe("too-fast");
});

test("a line that the meeting threw away is not shown as sent", () => {
  const { chat } = bench();
  chat.write("Hello");
  chat.heard({ topic: "chat", from: "me", text: "Hello", atMs: 0, throttled: true });
  expect(chat.state()).toMatchObject({ lines: [], trouble: "too-fast" });
});

test("a line is bounded, and nothing in it can turn the text around", () => {
  expect(readLine("x".repeat(5_000))).toHaveLength(lineMax);
  expect(readLine("a\u202eb\u0000c\nd")).toBe("abc\nd");
  expect(readLine(" \u200f\u0007 ")).toBeNull();
});

test("an hour of talk keeps the page small", () => {
  let state = noChat;
  for (let line = 0; line < 1_000; line += 1)
    state = reduceChat(state, { type: "heard", from: "a", text: "hi", atMs: line * 5_000 });
  expect(state.lines).toHaveLength(200);
  expect(new Set(state.lines.map(({ id }) => id)).size).toBe(200);
});

test("only an undisguised https address can be pressed", () => {
  expect(piecesOf("See https://clinic.example/plan. Thanks")).toEqual([
    { text: "See ", href: null },
    { text: "https://clinic.example/plan", href: "https://clinic.example/plan" },
    { text: ". Thanks", href: null },
  ]);
  for (const text of [
    "http://clinic.example",
    "javascript:alert(1)",
    "https://clinic.example@evil.example/",
    "https://xn--clinc-5ya.example/",
    "https://",
  ])
    expect(piecesOf(text)).toEqual([{ text, href: null }]);
});
