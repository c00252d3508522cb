import { createSocket } from "node:dgram";

/** A child of `udp-relay.ts`: sends every datagram on to whoever sent it one of a single byte. It does nothing else. */
const socket = createSocket({ type: "udp4", lookup: (address, _options, found) => found(null, address, 4) });
let to: { port: number; address: string } | null = null;
socket.on("message", (bytes, from) => {
  if (bytes.length === 1) to = from;
  else if (to) socket.send(bytes, to.port, to.address);
});
socket.bind(0, "127.0.0.1", () => process.send?.({ port: socket.address().port }));
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1_000, atMs: performance.now() });
});
