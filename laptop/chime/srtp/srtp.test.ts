import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RtpHeader, SrtpSession } from "werift";
import { rtpHeaderLength, writeRtpHeader } from "../rtp/packet";
import { deriveKeys, masterSaltLength, type Profile, profiles } from "./derive-keys";
import { gcmRtcp, gcmRtp } from "./gcm";
import { ReplayWindow } from "./replay-window";
import { type MasterKeys, Srtp } from "./srtp";

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ""), "hex");

test("RFC 3711 B.3: session keys come out as published", () => {
  const keys = deriveKeys(
    hex("E1F97A0D3E018BE0D64FA32C06DE4139"),
    hex("0EC675AD498AFEEBB6960B3AABE6"),
    profiles.counterMode,
    0,
  );
  expect(keys.key).toEqual(hex("C61E7A93744F39EE10734AFE3FF7A087"));
  expect(keys.salt).toEqual(hex("30CBBC08863D8C85D49DB34A9AE1"));
  expect(keys.auth).toEqual(hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
});

describe("RFC 7714", () => {
  const session = {
    key: hex("000102030405060708090a0b0c0d0e0f"),
    salt: Buffer.from("Quid pro quo"),
    auth: Buffer.alloc(20),
  };

  test("§16.1.1: an RTP packet is sealed as published, and opened again", () => {
    const header = hex("8040f17b 8041f8d3 5501a0b2");
    const payload = hex(
      "47616c6c696120657374206f6d6e697320646976697361 20696e20 70617274657320 74726573".replaceAll(" ", ""),
    );
    const sealed = gcmRtp(session).seal(header, payload, 0x5501a0b2, 0, 0xf17b);
    expect(sealed).toEqual(
      hex(`8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b
           36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce`),
    );
    expect(gcmRtp(session).open(sealed, 12, 0x5501a0b2, 0, 0xf17b)).toEqual(payload);
  });

  test("§17.1: an RTCP packet is sealed as published, and opened again", () => {
    const packet =
      hex(`81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61 deadbeef deadbeef
                        deadbeef deadbeef deadbeef`);
    const sealed = gcmRtcp(session).seal(packet, 0x4d617273, 0x5d4);
    expect(sealed).toEqual(
      hex(`81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d c676a5f1 730d6fda 4ce09b46
           86303ded 0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4`),
    );
    expect(gcmRtcp(session).open(sealed, 0x4d617273)).toEqual({ index: 0x5d4, packet });
  });
});

/** Two ends of one call. */
function pair(profile: Profile) {
  const [clientKey, serverKey] = [randomBytes(16), randomBytes(16)];
  const [clientSalt, serverSalt] = [
    randomBytes(masterSaltLength(profile)),
    randomBytes(masterSaltLength(profile)),
  ];
  const us: MasterKeys = {
    localKey: clientKey,
    localSalt: clientSalt,
    remoteKey: serverKey,
    remoteSalt: serverSalt,
  };
  const them: MasterKeys = {
    localKey: serverKey,
    localSalt: serverSalt,
    remoteKey: clientKey,
    remoteSalt: clientSalt,
  };
  return { us: new Srtp(profile, us), them: new Srtp(profile, them), keys: us };
}
const stream = { ssrc: 77, payloadType: 96, mid: { id: 4, value: "1" } };
const seal = (srtp: Srtp, index: number, payload: Buffer) =>
  srtp.sealRtp(
    writeRtpHeader(stream, { index, timestamp: 1, marker: false, padding: false }),
    payload,
    77,
    index,
  );
const open = (srtp: Srtp, packet: Buffer) =>
  srtp.openRtp(packet, rtpHeaderLength(packet), packet.readUInt32BE(8), packet.readUInt16BE(2));

describe.each([
  ["GCM", profiles.gcm],
  ["counter mode", profiles.counterMode],
])("%s", (_name, profile) => {
  test("a long call goes on over every rollover of the sequence number", () => {
    const { us, them } = pair(profile);
    for (let index = 65_000; index < 200_000; index += 499)
      expect(open(them, seal(us, index, Buffer.from(`packet ${index}`)))?.index).toBe(index);
  });

  test("a packet counts once, late ones within reach included", () => {
    const { us, them } = pair(profile);
    const packets = [65_534, 65_535, 65_536, 65_537].map((index) => seal(us, index, Buffer.from("x")));
    for (const order of [0, 3, 1, 2]) expect(open(them, packets[order]!)?.index).toBe(65_534 + order);
    for (const packet of packets) expect(open(them, packet)).toBeNull();
  });

  test("a changed packet is no packet, and does not spoil the true one", () => {
    const { us, them } = pair(profile);
    const packet = seal(us, 5, Buffer.from("a payload"));
    for (let at = 0; at < packet.length; at++) {
      const bent = Buffer.from(packet);
      bent[at] = bent[at]! ^ 1;
      if (rtpHeaderLength(bent) > 0) expect(open(them, bent), `byte ${at}`).toBeNull();
    }
    expect(open(them, packet)?.payload.toString()).toBe("a payload");
  });

  test("RTCP survives the way, once, and only unharmed", () => {
    const { us, them } = pair(profile);
    const packet = hex("80c90001 00000007");
    const sealed = us.sealRtcp(packet);
    const bent = Buffer.from(sealed);
    bent[9] = bent[9]! ^ 1;
    expect(them.openRtcp(bent)).toBeNull();
    expect(them.openRtcp(sealed)).toEqual(packet);
    expect(them.openRtcp(sealed)).toBeNull();
  });

  test("another implementation reads what we write, and we what it writes", () => {
    const { us, keys } = pair(profile);
    const theirs = new SrtpSession({
      keys: {
        localMasterKey: keys.remoteKey,
        localMasterSalt: keys.remoteSalt,
        remoteMasterKey: keys.localKey,
        remoteMasterSalt: keys.localSalt,
      },
      profile,
    });
    const ours = theirs.decrypt(seal(us, 1000, Buffer.from("from us")));
    expect(ours.subarray(-7).toString()).toBe("from us");
    const header = new RtpHeader({ version: 2, payloadType: 96, sequenceNumber: 9, timestamp: 1, ssrc: 5 });
    expect(open(us, theirs.encrypt(Buffer.from("from them"), header))?.payload.toString()).toBe("from them");
  });

  test("no bytes whatever make it throw, or come out as media", () => {
    const { us } = pair(profile);
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.constantFrom(0x80, 0x90, 0xb1),
        (bytes, first) => {
          const packet = Buffer.from(bytes);
          packet[0] = first;
          return (rtpHeaderLength(packet) < 0 || open(us, packet) === null) && us.openRtcp(packet) === null;
        },
      ),
      { numRuns: 10_000 },
    );
  });

  test("a client cannot fill the memory with streams", () => {
    const { us, them } = pair(profile);
    const taken = Array.from({ length: 100 }, (_, ssrc) => {
      const header = writeRtpHeader(
        { ...stream, ssrc },
        { index: 1, timestamp: 1, marker: false, padding: false },
      );
      return open(them, us.sealRtp(header, Buffer.from("x"), ssrc, 1)) !== null;
    });
    expect(taken.filter(Boolean)).toHaveLength(32);
  });
});

test("whatever the order, the replay window admits each index once", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 200 }), (offsets) => {
      const window = new ReplayWindow();
      const taken = new Set<number>();
      for (const offset of offsets) {
        const index = window.estimate((65_300 + offset) & 0xffff);
        if (!window.admits(index)) continue;
        if (taken.has(index)) return false;
        taken.add(index);
        window.take(index);
      }
      return true;
    }),
    { numRuns: 10_000 },
  );
});
