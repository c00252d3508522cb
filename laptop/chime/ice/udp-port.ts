import { createSocket, type RemoteInfo } from "node:dgram";

/** One UDP socket at one address of this machine. */
export type UdpPort = {
  readonly address: string;
  readonly port: number;
  /** On a closed one it is lost without a word, as on any network. */
  send(packet: Buffer, to: { address: string; port: number }): void;
  close(): Promise<void>;
};

/**
 * @param options.port 0: any free one.
 * @param options.onFault what the socket complains of later; it stays open.
 * @throws when the address is taken (`EADDRINUSE`) or not this machine's (`EADDRNOTAVAIL`).
 */
export async function openUdpPort(
  options: { address: string; port: number; onFault: (message: string) => void },
  onDatagram: (bytes: Buffer, from: RemoteInfo, at: UdpPort) => void,
): Promise<UdpPort> {
  const socket = createSocket({
    type: "udp4",
    recvBufferSize: 2 << 20,
    sendBufferSize: 2 << 20,
    // Addresses come from packets, never from names: skip the resolver on every send.
    lookup: (address, _options, found) => found(null, address, 4),
  });
  let open = true;
  await new Promise<void>((bound, failed) => {
    socket.once("error", failed);
    socket.bind(options.port, options.address, () => {
      socket.off("error", failed);
      bound();
    });
  });
  const at: UdpPort = {
    address: options.address,
    port: socket.address().port,
    // No callback: a client that has gone answers with ICMP, which is its affair; and each callback costs a turn of the event loop.
    send(packet, to) {
      if (open) socket.send(packet, to.port, to.address);
    },
    close() {
      if (!open) return Promise.resolve();
      open = false;
      return new Promise((closed) => socket.close(() => closed()));
    },
  };
  socket.on("message", (bytes, from) => onDatagram(bytes, from, at));
  socket.on("error", (error) => options.onFault(error.message));
  return at;
}
