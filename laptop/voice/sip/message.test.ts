import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerChallenge } from "./digest";
import {
  header,
  headerList,
  openFraming,
  readAddress,
  readCseq,
  readMessage,
  readUri,
  readVia,
  type SipMessage,
  writeMessage,
} from "./message";
import { readSdp, writeSdp } from "./sdp";

const read = (text: string) => readMessage(Buffer.from(text.replaceAll("\n", "\r\n")));
const invite = `INVITE sip:desk@trunk.test SIP/2.0
v: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1
Via: SIP/2.0/TCP proxy.test;branch=z9hG4bK2, SIP/2.0/UDP [2001:db8::1];branch=z9hG4bK3
f: "Last, First" <sip:+15550100200@us.test>;tag=one
To: sip:desk@trunk.test
i: abc
CSeq: 7 INVITE
Subject: folded
  over two lines
l: 5

v=0
`;

describe("a message", () => {
  test("is read with compact names, folded lines, lists and its length", () => {
    const message = read(invite)!;
    expect(message).toMatchObject({
      kind: "request",
      method: "INVITE",
      uri: "sip:desk@trunk.test",
      body: "v=0\r\n",
    });
    expect(headerList(message, "via").map((via) => readVia(via)?.branch)).toEqual([
      "z9hG4bK1",
      "z9hG4bK2",
      "z9hG4bK3",
    ]);
    expect(readAddress(header(message, "from"))).toEqual({ uri: "sip:+15550100200@us.test", tag: "one" });
    expect(readAddress(header(message, "to"))).toEqual({ uri: "sip:desk@trunk.test", tag: null });
    expect(readCseq(header(message, "cseq"))).toEqual({ number: 7, method: "INVITE" });
    expect(header(message, "subject")).toBe("folded over two lines");
  });

  test.each([
    ["no blank line", "OPTIONS sip:a SIP/2.0\nVia: x\n"],
    ["another protocol", "GET / HTTP/1.1\n\n"],
    ["a status of none", "SIP/2.0 900 Odd\n\n"],
    ["a header without a name", "OPTIONS sip:a SIP/2.0\n: x\n\n"],
    ["a body shorter than it says", "OPTIONS sip:a SIP/2.0\nContent-Length: 10\n\nabc"],
    ["a length that is no number", "OPTIONS sip:a SIP/2.0\nContent-Length: -1\n\nabc"],
    ["too many headers", `OPTIONS sip:a SIP/2.0\n${"x: y\n".repeat(200)}\n`],
    ["headers without end", `OPTIONS sip:a SIP/2.0\nx: ${"y".repeat(20_000)}\n\n`],
  ])("%s: is none", (_, text) => {
    expect(read(text)).toBeNull();
  });

  test("what is written is read as it was", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9 .;=<>@:-]{1,40}$/).map((text) => text.trim() || "x");
    const headers = fc.array(fc.tuple(fc.stringMatching(/^x-[a-z]{1,10}$/), word), { maxLength: 20 });
    fc.assert(
      fc.property(headers, fc.string(), fc.integer({ min: 100, max: 699 }), (given, body, status) => {
        const message: SipMessage = { kind: "response", status, reason: "OK", headers: given, body };
        const again = readMessage(writeMessage(message))!;
        expect(again).toMatchObject({ status, body: Buffer.from(body).toString() });
        expect(again.headers.slice(0, -1)).toEqual(given);
      }),
    );
  });

  test("a line end in a header is refused, so that a token cannot forge one", () => {
    const forged: SipMessage = {
      kind: "request",
      method: "INVITE",
      uri: "sip:a",
      headers: [["X-Auth-Token", "t\r\nX-Auth-Token: forged"]],
      body: "",
    };
    expect(() => writeMessage(forged)).toThrow(RangeError);
  });

  test("ten thousand broken ones end nothing", () => {
    const bytes = Buffer.from(invite.replaceAll("\n", "\r\n"));
    const broken = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(broken, fc.nat(bytes.length), (changes, length) => {
        const copy = Buffer.from(bytes.subarray(0, length));
        for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
        const message = readMessage(copy);
        if (!message) return;
        for (const name of ["via", "contact", "route"])
          for (const one of headerList(message, name)) readVia(one);
        readAddress(header(message, "from"));
        readCseq(header(message, "cseq"));
        readSdp(message.body, false);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe("a stream", () => {
  test("is cut into its messages wherever it was torn, pings between them are answered", () => {
    const one = writeMessage(read(invite)!);
    const stream = Buffer.concat([one, Buffer.from("\r\n\r\n"), one, one]);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (cuts) => {
        const got: Buffer[] = [];
        let pings = 0;
        const push = openFraming(
          (bytes) => got.push(Buffer.from(bytes)),
          () => pings++,
        );
        const places = [...cuts.sort((a, b) => a - b), stream.length];
        let from = 0;
        for (const to of places) {
          if (to > from) expect(push(stream.subarray(from, to))).toBeUndefined();
          from = Math.max(from, to);
        }
        expect(got).toHaveLength(3);
        expect(got.every((bytes) => bytes.equals(one))).toBe(true);
        expect(pings).toBeLessThanOrEqual(1);
      }),
    );
  });

  test.each([
    "x".repeat(20_000),
    "OPTIONS sip:a SIP/2.0\r\nVia: x\r\n\r\n",
    "OPTIONS sip:a SIP/2.0\r\nContent-Length: 999999\r\n\r\n",
  ])("one that cannot be followed is broken off (%#)", (text) => {
    expect(
      openFraming(
        () => {},
        () => {},
      )(Buffer.from(text)),
    ).toBe("broken");
  });
});

test("addresses: host and port; nothing else is one", () => {
  expect(readUri("sip:a@10.0.0.1:5080;lr;transport=udp")).toEqual({
    host: "10.0.0.1",
    port: 5080,
    secure: false,
  });
  expect(readUri("sips:[::1]")).toMatchObject({ host: "::1", port: null, secure: true });
  for (const text of ["tel:+15550100", "sip:", "sip:a b", "sip:h:0", "sip:h:70000", "http://x"])
    expect(readUri(text)).toBeNull();
});

describe("SDP", () => {
  const ours = { address: "10.0.0.1", port: 4000, key: null, sessionId: 1, version: 1 };
  const remote = (body: string, secure = false) => readSdp(body.replaceAll("\n", "\r\n"), secure);

  test("our own offer is understood, with and without a key", () => {
    const key = Buffer.alloc(30, 7);
    expect(readSdp(writeSdp(ours), false)).toEqual({
      address: "10.0.0.1",
      port: 4000,
      law: "PCMU",
      payloadType: 0,
      keyType: 101,
      wantsSound: true,
      key: null,
    });
    expect(readSdp(writeSdp({ ...ours, key }), true)).toMatchObject({ key });
    expect(readSdp(writeSdp({ ...ours, key }), false)).toBeNull();
    expect(readSdp(writeSdp(ours), true)).toBeNull(); // a trunk with TLS that answers in the clear
  });

  test("hold in its three spellings, and what is nobody's to speak", () => {
    const base = "v=0\nc=IN IP4 10.0.0.2\nm=audio 4000 RTP/AVP 8 96\na=rtpmap:96 telephone-event/8000\n";
    expect(remote(base)).toMatchObject({ law: "PCMA", payloadType: 8, keyType: 96, wantsSound: true });
    for (const held of ["a=sendonly\n", "a=inactive\n"]) expect(remote(base + held)?.wantsSound).toBe(false);
    expect(remote(base.replace("10.0.0.2", "0.0.0.0"))?.wantsSound).toBe(false);
    for (const wrong of [
      base.replace("8 96", "9 96"),
      base.replace("4000", "0"),
      base.replace("10.0.0.2", "10.0.0.999"),
      base.replace("m=audio", "m=video"),
      "",
    ])
      expect(remote(wrong)).toBeNull();
  });
});

test("a trunk's challenge is answered as RFC 7616 §3.9.1 shows it", () => {
  const request = { method: "GET", uri: "/dir/index.html" };
  const login = { user: "Mufasa", password: "Circle of Life" };
  const challenge = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
  const cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
  expect(answerChallenge(challenge("MD5"), request, login, cnonce)).toContain(
    'response="8ca523f5e9506fed4657c9700eebdbec"',
  );
  expect(answerChallenge(challenge("SHA-256"), request, login, cnonce)).toContain(
    'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"',
  );
  for (const odd of [
    "Basic realm=x",
    "Digest realm=x",
    challenge("MD5-sess"),
    'Digest realm="r", nonce="n", qop="auth-int"',
  ])
    expect(answerChallenge(odd, request, login)).toBeNull();
});
