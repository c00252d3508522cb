import { fork } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";

/** Processor time of a process so far, and when. */
export type Usage = { cpuMs: number; atMs: number };

/** What a call's datagrams are like: a picture's packet and a word's. Bytes. */
const sizes = [1_080, 130] as const;

/**
 * The floor of what a media plane in Node can cost on this machine: a bare process that sends on as many datagrams a second as a call does.
 * On an idle machine nearly all of it is waking up, so that it counts the machine's speed, too.
 */
export async function openRelay(packetsPerSecond: number) {
  const child = fork(new URL("./udp-relay-process.ts", import.meta.url));
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const [sender, receiver] = [createSocket("udp4"), createSocket("udp4")];
  for (const socket of [sender, receiver]) await once(socket.bind(0, "127.0.0.1"), "listening");
  receiver.send(Buffer.alloc(1), port, "127.0.0.1");
  const packets = sizes.map((size) => Buffer.alloc(size));
  const startedAtMs = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAtMs) / 1_000) * packetsPerSecond);
    for (; sent < due; sent++) sender.send(packets[sent % packets.length]!, port, "127.0.0.1");
  }, 1);
  return {
    async usage(): Promise<Usage> {
      const answered = once(child, "message");
      child.send("usage");
      return ((await answered) as [Usage])[0];
    },
    close() {
      clearInterval(timer);
      sender.close();
      receiver.close();
      child.kill();
    },
  };
}
