import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeCheck } from "../testing/connectivity-check";
import { type IceLite, openIceLite } from "./ice-lite";
import { ownAddresses } from "./udp-ports";

/** Linux has a whole network of loopback addresses, so that the test needs no other; elsewhere it takes the machine's own. */
const own = process.platform === "linux" ? "127.0.0.2" : ownAddresses()[0];
const elsewhere = "127.0.0.1";

let ice: IceLite;
let mine: string[];
const logged: object[] = [];
const sockets: Socket[] = [];
beforeEach(async () => {
  mine = own ? [own] : [];
  ice = await openIceLite({ host: "127.0.0.1", port: 0, own: () => mine, log: (line) => logged.push(line) });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await ice.close();
  expect(logged.splice(0)).toEqual([]);
});

/** A client of the media port, whose datagrams come from that address. */
async function client(address: string) {
  const socket = createSocket("udp4");
  sockets.push(socket);
  socket.bind(0, address);
  await once(socket, "listening");
  const got: Array<{ from: string; type: number }> = [];
  const more = new Set<() => void>();
  socket.on("message", (bytes, { address: from, port }) => {
    got.push({ from: `${from}:${port}`, type: bytes.readUInt16BE(0) });
    for (const look of more) look();
  });
  return {
    got,
    send: (bytes: Buffer, to: { address: string; port: number }) => socket.send(bytes, to.port, to.address),
    /** Resolves at the n-th datagram. */
    answers: (count: number) =>
      new Promise<void>((done) => {
        const look = () => {
          if (got.length < count) return;
          more.delete(look);
          done();
        };
        more.add(look);
        look();
      }),
  };
}

function agent() {
  const heard: string[] = [];
  let reached = 0;
  const link = ice.open({
    fault: () => null,
    onReachable: () => {
      reached += 1;
    },
    onConsent: () => undefined,
    onPacket: (bytes) => void heard.push(bytes.toString("latin1")),
  });
  return { link, heard, reached: () => reached, check: () => writeCheck(`${link.ufrag}:them`, link.pwd) };
}
const success = 0x0101;

describe.runIf(own)("media at the machine's own address", () => {
  const address = own ?? "";
  const place = () => ice.candidates().find((one) => one.address === address) ?? { address, port: 0 };

  test("loopback is what every browser tries first; the own address is the second", () => {
    expect(ice.candidates()).toEqual([
      { address: "127.0.0.1", port: ice.port },
      { address, port: expect.any(Number) },
    ]);
  });

  test("a browser that never sends to loopback is answered from the very address it asked, and gets its media there", async () => {
    const { link, reached, check } = agent();
    const browser = await client(address);
    browser.send(check(), place());
    await browser.answers(1);
    expect(browser.got).toEqual([{ from: `${address}:${place().port}`, type: success }]);
    expect(reached()).toBe(1);
    link.send(Buffer.from([0x80, 0x6f]));
    await browser.answers(2);
    expect(browser.got[1]?.from).toBe(`${address}:${place().port}`);
  });

  test("who sends from elsewhere gets no answer there, even with the right password, and is heard by nobody", async () => {
    const { reached, heard, check } = agent();
    const stranger = await client(elsewhere);
    const browser = await client(address);
    stranger.send(check(), place());
    stranger.send(Buffer.from("\x80stranger", "latin1"), place());
    // One socket takes datagrams in their order: with the browser's answered, the stranger's have been seen.
    browser.send(check(), place());
    browser.send(Buffer.from("\x80browser", "latin1"), place());
    browser.send(check(), place());
    await browser.answers(2);
    expect(stranger.got).toEqual([]);
    expect(reached()).toBe(1);
    expect(heard).toEqual(["\x80browser"]);
    // The same check from there is answered at loopback: it was a good one.
    stranger.send(check(), { address: "127.0.0.1", port: ice.port });
    await stranger.answers(1);
    expect(stranger.got).toEqual([{ from: `127.0.0.1:${ice.port}`, type: success }]);
  });

  test("an address that the machine loses is announced no more, one that it gets is, and calls at loopback go on", async () => {
    const { link, check } = agent();
    const [caller, browser] = [await client("127.0.0.1"), await client(address)];
    browser.send(check(), place());
    await browser.answers(1);
    mine = [];
    await ice.follow();
    expect(ice.candidates()).toEqual([{ address: "127.0.0.1", port: ice.port }]);
    link.send(Buffer.from([0x80])); // towards who is gone: lost, and nobody's mistake
    caller.send(check(), { address: "127.0.0.1", port: ice.port });
    await caller.answers(1);
    mine = [address];
    await Promise.all([ice.follow(), ice.follow()]);
    browser.send(check(), place());
    await browser.answers(2);
  });
});

test("an address that cannot be had is told once, and the rest works as ever", async () => {
  mine = ["203.0.113.77"]; // nobody's: kept for documentation (RFC 5737)
  await ice.follow();
  await ice.follow();
  expect(logged.splice(0)).toEqual([expect.objectContaining({ level: "error", at: "203.0.113.77" })]);
  expect(ice.candidates()).toEqual([{ address: "127.0.0.1", port: ice.port }]);
});
