import { once } from "node:events";
import { WebSocket } from "ws";
import { z } from "zod";

const messageSchema = z.union([
  z.object({ type: z.literal("success"), id: z.number(), result: z.unknown() }),
  z.object({ type: z.literal("error"), id: z.number().nullable(), error: z.string(), message: z.string() }),
  z.object({ type: z.literal("event"), method: z.string(), params: z.unknown() }),
]);

export type Bidi = {
  /** One command. Rejects with the browser's own words, and when the browser goes away. */
  send<Shape extends z.ZodType>(method: string, params: object, result: Shape): Promise<z.output<Shape>>;
  close(): void;
};

/** WebDriver BiDi (W3C) on an open browser's address. */
export async function connectBidi(
  url: string,
  onEvent: (method: string, params: unknown) => void,
): Promise<Bidi> {
  const socket = new WebSocket(url);
  await once(socket, "open");
  const waiting = new Map<number, { done: (result: unknown) => void; failed: (error: Error) => void }>();
  let last = 0;
  socket.on("message", (data) => {
    const message = messageSchema.parse(JSON.parse(String(data)));
    if (message.type === "event") return onEvent(message.method, message.params);
    const asked = waiting.get(message.id ?? 0);
    waiting.delete(message.id ?? 0);
    if (message.type === "success") asked?.done(message.result);
    else asked?.failed(new Error(`${message.error}: ${message.message}`));
  });
  socket.on("close", () => {
    for (const { failed } of waiting.values()) failed(new Error("Firefox has gone"));
    waiting.clear();
  });
  return {
    async send(method, params, result) {
      last += 1;
      const id = last;
      const answered = new Promise<unknown>((done, failed) => waiting.set(id, { done, failed }));
      socket.send(JSON.stringify({ id, method, params }));
      const answer = await answered.catch((cause: Error) => {
        throw new Error(`${method}: ${cause.message}`, { cause });
      });
      return result.parse(answer);
    },
    close: () => socket.close(),
  };
}
