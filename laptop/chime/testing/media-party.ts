import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { DtlsServer } from "werift";
import { makeCertificate } from "../handshake";
import { isRtcp, rtpHeaderLength, writeRtpHeader } from "../rtp/packet";
import { Reception } from "../rtp/reception";
import { readRtcp, writeNack } from "../rtp/rtcp";
import { masterKeyLength, masterSaltLength, type Profile, profiles } from "../srtp/derive-keys";
import { Srtp } from "../srtp/srtp";
import { writeCheck } from "./connectivity-check";
import { rawParty } from "./raw-party";

const certificate = makeCertificate();
const opusType = 111;
const frameSamples = 960;
/** In the recorded offer: the id of the RFC 6464 extension. It fits into the header's padding behind the mid. */
const levelId = 1;
const levelAt = 18;
/** How often somebody asks again for what is missing. */
const askEveryMs = 20;
/** How often a browser checks that the way still stands. */
const checkEveryMs = 2_500;

/** Somebody with a voice and no browser: joins, connects its media as a browser does, speaks in packets, and asks and is asked for lost ones. */
export async function mediaParty(signalingUrl: string, joinToken: string) {
  const { certPem, keyPem, signatureHash, fingerprint } = await certificate;
  const party = await rawParty(signalingUrl, joinToken);
  await party.join();
  const { sdpAnswer = "" } = (await party.subscribe("alone", { fingerprint: fingerprint.value })) ?? {};
  const read = (pattern: RegExp) => pattern.exec(sdpAnswer ?? "")?.[1] ?? "";
  const [ufrag, password] = [read(/ice-ufrag:(\S+)/), read(/ice-pwd:(\S+)/)];

  const socket = createSocket("udp4");
  socket.connect(Number(read(/ 1 udp \d+ 127\.0\.0\.1 (\d+) /)), "127.0.0.1");
  await once(socket, "connect");
  const heard: string[] = [];
  const said = new Map<number, Buffer>();
  const stream = { ssrc: randomBytes(4).readUInt32BE(), payloadType: opusType, mid: { id: 4, value: "0" } };
  const transmit = (sequence: number) => {
    const packet = said.get(sequence);
    if (packet) socket.send(packet);
  };
  let reception: Reception | null = null;
  let srtp: Srtp | null = null;
  let onDtls: (bytes: Buffer) => void = () => {};
  const dtls = new DtlsServer({
    cert: certPem,
    key: keyPem,
    signatureHash: signatureHash as never,
    srtpProfiles: [profiles.counterMode],
    extendedMasterSecret: true,
    transport: {
      type: "test",
      address: { host: "", port: 0, family: "IPv4" } as never,
      closed: false,
      set onData(handler: (bytes: Buffer) => void) {
        onDtls = handler;
      },
      send: async (bytes: Buffer) => socket.send(bytes),
      close: async () => {},
    } as never,
  });
  socket.on("message", (bytes) => {
    if (bytes[0]! >= 20 && bytes[0]! <= 63) return onDtls(bytes);
    if (!srtp || bytes[0]! < 128) return;
    if (isRtcp(bytes)) {
      const opened = srtp.openRtcp(bytes);
      for (const packet of opened ? readRtcp(opened) : [])
        if (packet.kind === "nack") for (const sequence of packet.sequences) transmit(sequence);
      return;
    }
    const headerLength = rtpHeaderLength(bytes);
    if (headerLength < 0 || (bytes[1]! & 0x7f) !== opusType) return;
    const heardSsrc = bytes.readUInt32BE(8);
    const opened = srtp.openRtp(bytes, headerLength, heardSsrc, bytes.readUInt16BE(2));
    if (!opened) return;
    reception ??= new Reception(heardSsrc, opened.index, 48_000);
    reception.onPacket(opened.index, bytes.readUInt32BE(4), performance.now());
    heard.push(opened.payload.toString("latin1"));
  });
  const asking = setInterval(() => {
    const due = reception?.takeDue(performance.now()).again ?? [];
    if (srtp && reception && due.length > 0)
      socket.send(srtp.sealRtcp(writeNack(stream.ssrc, reception.ssrc, due)));
  }, askEveryMs);
  const connected = new Promise<void>((ready) => {
    dtls.onConnect.once(() => {
      const profile = dtls.srtp.srtpProfile as Profile;
      srtp = new Srtp(profile, dtls.extractSessionKeys(masterKeyLength, masterSaltLength(profile)));
      ready();
    });
  });
  const check = () => socket.send(writeCheck(`${ufrag}:them`, password));
  check();
  const checking = setInterval(check, checkEveryMs);
  await connected;

  let index = 0;
  return {
    /** Payloads, in the order in which they came. */
    heard,
    /** What signaling brought, and a way to wait for more of it. */
    frames: party.frames,
    until: party.until,
    /** @param level how loud, minus dBov; not said where it is left out. */
    say(word: string, level?: number) {
      if (!srtp) throw new Error("the media is not connected");
      index += 1;
      const fields = { index, timestamp: index * frameSamples, marker: false, padding: false };
      const header = writeRtpHeader(stream, fields);
      if (level !== undefined) header.set([levelId << 4, level], levelAt);
      said.set(index, srtp.sealRtp(header, Buffer.from(word, "latin1"), stream.ssrc, index));
      transmit(index);
    },
    /** As a phone that is put to sleep: nothing more is sent, and no connection is closed. */
    sleep: () => clearInterval(checking),
    closed: party.closed,
    leave() {
      clearInterval(asking);
      clearInterval(checking);
      party.socket.terminate();
      socket.close();
    },
  };
}
