import { expect, test, vi } from "vitest";
import { fetchedEvents } from "./fetched-events";

function streamOf(...parts: string[]): Response {
  const encoder = new TextEncoder();
  return new Response(
    new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(encoder.encode(part));
        controller.close();
      },
    }),
  );
}

test("events are told whole, however the network cuts them, and an ended stream is asked for again", async () => {
  const later: Array<() => void> = [];
  const ask = vi
    .fn<typeof fetch>()
    .mockResolvedValueOnce(
      streamOf(": here\n\nid: 1\nevent: st", 'ate\ndata: {"a":', '1}\n\nevent: state\ndata: {"a":2}\n\n'),
    )
    .mockResolvedValueOnce(streamOf('event: state\ndata: {"a":3}\n\n'))
    .mockReturnValue(new Promise(() => undefined));
  const told: unknown[] = [];
  const events = fetchedEvents(ask, "/events", (_ms, run) => {
    later.push(run);
    return () => undefined;
  });
  events.addEventListener("state", (event) => told.push(JSON.parse((event as MessageEvent<string>).data)));
  await vi.waitFor(() => expect(later).toHaveLength(1));
  expect(told).toEqual([{ a: 1 }, { a: 2 }]);
  later[0]?.();
  await vi.waitFor(() => expect(told).toHaveLength(3));
  events.close();
  expect(events.readyState).toBe(2);
});

test("an answer that is no stream is final; no network is not", async () => {
  const refused = fetchedEvents(
    async () => new Response("{}", { status: 401 }),
    "/events",
    () => () => undefined,
  );
  const onRefused = vi.fn();
  refused.addEventListener("error", onRefused);
  await vi.waitFor(() => expect(onRefused).toHaveBeenCalled());
  expect(refused.readyState).toBe(2);

  const again = vi.fn(() => () => undefined);
  const cut = fetchedEvents(() => Promise.reject(new TypeError("offline")), "/events", again);
  await vi.waitFor(() => expect(again).toHaveBeenCalled());
  expect(cut.readyState).toBe(0);
});
