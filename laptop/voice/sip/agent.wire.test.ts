import { afterEach, describe, expect, test } from "vitest";
import { ear, play } from "../../chime/testing/tone";
import { openRtpSession, type RtpSession } from "../media/rtp-session";
import { makeIdentity } from "../testing/identity";
import { politely, ringing, startTelephone, type Telephone } from "../testing/telephone";
import { openSipAgent, type SipAgent } from "./agent";
import type { CallEnd } from "./context";
import { header } from "./message";
import type { Trunk } from "./transport";

const host = "127.0.0.1";
/** A hundredth of the standard's: what takes half a minute there takes a third of a second. */
const timers = { t1: 10, t2: 80, t4: 100 };
const clear = 0.8;
const faint = 0.1;

const open: Array<{ close(): void }> = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});
const kept = <One extends { close(): void }>(one: One): One => {
  open.push(one);
  return one;
};

async function dial(
  phone: Pick<Telephone, "port">,
  more: Partial<Trunk> & { timeoutMs?: number; token?: string } = {},
) {
  const { timeoutMs = 5_000, token = "a.signed.token", ...trunk } = more;
  const faults: object[] = [];
  const agent: SipAgent = kept(
    await openSipAgent({
      trunk: { host, port: phone.port, transport: "udp", login: null, ca: null, ...trunk },
      host,
      timers,
      log: (line) => faults.push(line),
    }),
  );
  const media: RtpSession = kept(await openRtpSession({ host, secure: trunk.transport === "tls" }));
  const story: string[] = [];
  const keys: string[] = [];
  let end: CallEnd | null = null;
  const call = agent.call({
    to: "+15550100300",
    from: "+15550100200",
    headers: { "X-Auth-Token": token },
    timeoutMs,
    media,
    mediaHost: host,
    onRinging: () => story.push("ringing"),
    onAnswered: () => story.push("answered"),
    onKey: (key) => keys.push(key),
    onEnded: (how) => {
      end = how;
      story.push("ended");
    },
  });
  if (!call) throw new Error("no call");
  const heard = ear((hear) => media.onSound(hear));
  const until = (what: string) => expect.poll(() => story, { interval: 5, timeout: 3_000 }).toContain(what);
  return {
    agent,
    call,
    media,
    story,
    keys,
    heard,
    faults,
    answered: () => until("answered"),
    async ended() {
      await until("ended");
      return end as unknown as CallEnd;
    },
  };
}
const hears = (listener: { share(hz: number): number }, hz: number) =>
  expect.poll(() => listener.share(hz), { interval: 10, timeout: 3_000 }).toBeGreaterThan(clear);
const quiet = (listener: { share(hz: number): number }, hz: number) =>
  expect.poll(() => listener.share(hz), { interval: 10, timeout: 3_000 }).toBeLessThan(faint);
const gets = (phone: Telephone, method: string, times = 1) =>
  expect.poll(() => phone.got(method).length, { interval: 5 }).toBeGreaterThanOrEqual(times);

describe.each(["udp", "tcp", "tls"] as const)("a call by %s", (transport) => {
  test("carries the token, sound and keys both ways, and is over for us within a second of their hanging up", async () => {
    const identity = await makeIdentity();
    const phone = kept(await startTelephone({ transport, identity }));
    const caller = await dial(phone, { transport, ca: identity.cert });
    await caller.answered();
    const [invite] = phone.got("INVITE");
    expect(header(invite!, "x-auth-token")).toBe("a.signed.token");
    expect(header(invite!, "from")).toContain("+15550100200");
    const stop = [play(440, caller.media.write), phone.speak(1000)];
    await hears(phone, 440);
    await hears(caller.heard, 1000);
    const sent = new Promise<void>((done) => caller.media.sendKeys("12#", 60, done));
    expect(phone.media.sendKeys("9*", 60, () => {})).toBe(true);
    await sent;
    await expect.poll(() => [phone.keys.join(""), caller.keys.join("")]).toEqual(["12#", "9*"]);
    for (const end of stop) end();
    phone.ask("BYE");
    expect(await caller.ended()).toMatchObject({ by: "them" });
    await expect.poll(() => phone.responses.at(-1)?.status).toBe(200);
    expect(caller.story).toEqual(["ringing", "answered", "ended"]);
    expect(caller.faults).toEqual([]);
  });
});

describe("what gets lost", () => {
  test("two INVITEs, our ACK and our BYE: each is sent again, and the call is one", async () => {
    const phone = kept(await startTelephone());
    phone.behave((_, request) => {
      if (request.method === "INVITE" && phone.got("INVITE").length === 3) phone.pickUp(request);
      if (request.method === "ACK" && phone.got("ACK").length === 1) phone.pickUp(phone.got("INVITE")[0]!);
      if (request.method === "BYE" && phone.got("BYE").length === 2) phone.answer(request, 200);
    });
    const caller = await dial(phone);
    await caller.answered();
    await gets(phone, "ACK", 2);
    caller.call.hangUp();
    await gets(phone, "BYE", 2);
    expect(new Set(phone.got("BYE").map((bye) => header(bye, "cseq")))).toHaveLength(1);
    expect(caller.story.filter((step) => step === "answered")).toHaveLength(1);
    expect(await caller.ended()).toMatchObject({ by: "us" });
  });

  test("their BYE that comes again is answered again, and ends nothing twice", async () => {
    const phone = kept(await startTelephone());
    const caller = await dial(phone);
    await caller.answered();
    for (const _ of [1, 2, 3]) phone.ask("BYE", { cseq: 200 });
    await expect.poll(() => phone.responses.filter(({ status }) => status === 200).length).toBe(3);
    expect(caller.story.filter((step) => step === "ended")).toHaveLength(1);
  });

  test("a trunk that dies in the middle of a call is noticed", async () => {
    const phone = kept(await startTelephone());
    const caller = await dial(phone);
    await caller.answered();
    phone.behave(() => {});
    expect(await caller.ended()).toEqual({ by: "nobody", status: null, reason: "The trunk went silent" });
  });
});

describe("hanging up before they answer", () => {
  test("is a CANCEL, and their 487 is acknowledged", async () => {
    const phone = kept(await startTelephone({ behave: ringing }));
    const caller = await dial(phone);
    await expect.poll(() => caller.story).toContain("ringing");
    caller.call.hangUp();
    await gets(phone, "CANCEL");
    await gets(phone, "ACK");
    expect(await caller.ended()).toMatchObject({ by: "us" });
  });

  test("before the trunk said a word: the CANCEL waits for its first", async () => {
    const phone = kept(await startTelephone({ behave: () => {} }));
    const caller = await dial(phone);
    await gets(phone, "INVITE");
    caller.call.hangUp();
    expect(phone.got("CANCEL")).toEqual([]);
    phone.behave(ringing);
    await gets(phone, "CANCEL");
    await gets(phone, "ACK");
  });

  test("in the moment in which they answer: the answer is acknowledged and hung up on", async () => {
    const phone = kept(await startTelephone({ behave: ringing }));
    const caller = await dial(phone);
    await expect.poll(() => caller.story).toContain("ringing");
    phone.behave((_, request) => {
      if (request.method === "CANCEL") phone.pickUp(phone.got("INVITE")[0]!);
      if (request.method === "BYE") phone.answer(request, 200);
    });
    caller.call.hangUp();
    await gets(phone, "ACK");
    await gets(phone, "BYE");
    expect(caller.story).not.toContain("answered");
  });

  test("nobody answers in time: cancelled, and said so", async () => {
    const phone = kept(await startTelephone({ behave: ringing }));
    const caller = await dial(phone, { timeoutMs: 100 });
    expect(await caller.ended()).toMatchObject({ by: "nobody", reason: "Nobody answered" });
    await gets(phone, "CANCEL");
  });
});

describe("a trunk that does not want the call", () => {
  test.each([486, 503, 603, 302])("%i ends it with that status, acknowledged", async (status) => {
    const phone = kept(
      await startTelephone({
        behave: (it, request) => request.method === "INVITE" && it.answer(request, status),
      }),
    );
    const caller = await dial(phone);
    expect(await caller.ended()).toMatchObject({ by: "them", status });
    await gets(phone, "ACK");
  });

  test("one that never answers is given up", async () => {
    const phone = kept(await startTelephone({ behave: () => {} }));
    expect(await (await dial(phone)).ended()).toMatchObject({
      by: "nobody",
      reason: "The trunk did not answer",
    });
    expect(phone.got("INVITE").length).toBeGreaterThan(4);
  });

  test.each(["tcp", "tls"] as const)(
    "one that is not there is said to be unreachable (%s)",
    async (transport) => {
      const caller = await dial({ port: 9 }, { transport });
      expect(await caller.ended()).toMatchObject({ by: "nobody", reason: "The trunk cannot be reached" });
    },
  );

  test("TLS to somebody whose certificate is not the trunk's: no token is sent", async () => {
    const [identity, expected] = await Promise.all([makeIdentity(), makeIdentity()]);
    const phone = kept(await startTelephone({ transport: "tls", identity }));
    const caller = await dial(phone, { transport: "tls", ca: expected.cert });
    expect(await caller.ended()).toMatchObject({ by: "nobody" });
    expect(phone.got("INVITE")).toEqual([]);
  });

  test("an answer with no sound that we speak is hung up on", async () => {
    const phone = kept(await startTelephone());
    phone.behave((_, request) => request.method === "INVITE" && phone.answer(request, 200, [], "v=0\r\n"));
    expect(await (await dial(phone)).ended()).toMatchObject({ by: "nobody", status: 488 });
    await gets(phone, "BYE");
  });

  test.each([
    [401, "www-authenticate", "authorization"],
    [407, "proxy-authenticate", "proxy-authorization"],
  ] as const)("one that asks who we are (%i) is told, once", async (status, asks, told) => {
    const phone = kept(await startTelephone());
    phone.behave((_, request) => {
      if (request.method !== "INVITE" || header(request, told)) return politely(phone, request);
      phone.answer(request, status, [[asks, 'Digest realm="trunk", nonce="n", qop="auth"']]);
    });
    const caller = await dial(phone, { login: { user: "vouchsafe", password: "secret" } });
    await caller.answered();
    expect(header(phone.got("INVITE").at(-1)!, told)).toMatch(
      /username="vouchsafe".*response="[0-9a-f]{32}"/,
    );
    expect(JSON.stringify(phone.got("INVITE"))).not.toContain("secret");
    phone.behave((_, request) =>
      phone.answer(request, status, [[asks, 'Digest realm="trunk", nonce="again"']]),
    );
    const refused = await dial(phone, { login: { user: "vouchsafe", password: "wrong" } });
    expect(await refused.ended()).toMatchObject({ by: "them", status });
  });
});

describe("within a call", () => {
  async function talking() {
    const phone = kept(await startTelephone());
    const caller = await dial(phone);
    await caller.answered();
    return { phone, caller };
  }
  const answers = (phone: Telephone, method: string) =>
    phone.responses.filter((response) => header(response, "cseq")?.endsWith(method));

  test("hold silences us, resume does not; an answer that nobody acknowledges is repeated", async () => {
    const { phone, caller } = await talking();
    kept({ close: play(440, caller.media.write) });
    await hears(phone, 440);
    phone.ask("INVITE", { body: phone.sdp().replace("sendrecv", "sendonly"), cseq: 300 });
    await quiet(phone, 440);
    await expect.poll(() => answers(phone, "INVITE").length, { interval: 5 }).toBeGreaterThan(1);
    expect(answers(phone, "INVITE")[0]?.body).toContain("a=recvonly");
    phone.ask("ACK", { cseq: 300 });
    phone.ask("INVITE", { body: phone.sdp(), cseq: 301 });
    phone.ask("ACK", { cseq: 301 });
    await hears(phone, 440);
    expect(caller.story).not.toContain("ended");
  });

  test("an offer that we cannot take is refused, and the call goes on; keys come by INFO as well", async () => {
    const { phone, caller } = await talking();
    phone.ask("INVITE", { body: "v=0\r\nm=audio 9 RTP/AVP 9\r\n" });
    await expect.poll(() => answers(phone, "INVITE").at(-1)?.status).toBe(488);
    phone.ask("INFO", { body: "Signal=5\r\nDuration=160\r\n", type: "application/dtmf-relay" });
    await expect.poll(() => caller.keys).toEqual(["5"]);
    phone.ask("REFER");
    await expect.poll(() => answers(phone, "REFER").at(-1)?.status).toBe(405);
    phone.ask("OPTIONS");
    await expect.poll(() => answers(phone, "OPTIONS").at(-1)?.status).toBe(200);
    expect(caller.story).not.toContain("ended");
  });

  test("somebody who is not the other side can neither end it nor move its sound", async () => {
    const { phone, caller } = await talking();
    phone.ask("BYE", { tag: "forged" });
    phone.ask("INVITE", { tag: "forged", body: phone.sdp() });
    phone.ask("BYE", { cseq: 1 });
    await expect.poll(() => answers(phone, "BYE").map(({ status }) => status)).toContain(481);
    phone.ask("BYE", { cseq: 400 });
    expect(await caller.ended()).toMatchObject({ by: "them" });
  });

  test("two telephones that both answer: one call, the other is let go", async () => {
    const { phone, caller } = await talking();
    phone.pickUp(phone.got("INVITE")[0]!, "other");
    await expect
      .poll(() => phone.got("BYE").map((bye) => header(bye, "to")))
      .toEqual([expect.stringContaining("tag=other")]);
    expect(caller.story).not.toContain("ended");
  });

  test("garbage, half messages, and five thousand of them: the call stands and is heard", async () => {
    const { phone, caller } = await talking();
    const pieces = [
      "\0\0",
      "BYE sip:x SIP/2.0\r\n\r\n",
      "SIP/2.0 200\r\n\r\n",
      "\r\n".repeat(50),
      "x".repeat(3000),
    ];
    for (let i = 0; i < 5_000; i++) phone.raw(Buffer.from(pieces[i % pieces.length]!));
    kept({ close: phone.speak(800) });
    await hears(caller.heard, 800);
    expect(caller.story).not.toContain("ended");
    expect(caller.faults).toEqual([]);
  });
});

test("no call comes in, and what asks for none is told what there is", async () => {
  const phone = kept(await startTelephone());
  const caller = await dial(phone);
  await caller.answered();
  const ask = (method: string) =>
    phone.raw(
      Buffer.from(
        `${method} sip:x SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx${method};rport\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:x>\r\nCall-ID: elsewhere\r\nCSeq: 1 ${method}\r\n\r\n`,
      ),
    );
  for (const method of ["INVITE", "BYE", "OPTIONS", "SUBSCRIBE"]) ask(method);
  await expect.poll(() => phone.responses.map(({ status }) => status).sort()).toEqual([200, 403, 405, 481]);
});

test("one lost packet in ten of the sound: the tone is still a tone", async () => {
  const phone = kept(await startTelephone());
  const caller = await dial(phone);
  await caller.answered();
  const { write } = phone.media;
  let count = 0;
  kept({ close: play(600, (frame) => (++count % 10 === 0 ? undefined : write(frame))) });
  await expect.poll(() => caller.heard.share(600), { timeout: 3_000 }).toBeGreaterThan(0.6);
});
