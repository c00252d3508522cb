import { randomUUID } from "node:crypto";
import { collectDigits } from "./digits";
import { bridge, type Leg, type LegEnd } from "./leg";
import { readCallAndBridge, readHangup, readPause, readReceiveDigits, readSendDigits } from "./read-action";
import type { Action } from "./read-response";
import { type Invoke, openTelling } from "./telling";

const accountId = "000000000000";

export type Dial = (request: {
  kind: "meeting" | "telephone";
  from: string;
  to: string;
  headers: Record<string, string>;
  timeoutMs: number;
  onRinging: () => void;
  onUp: (leg: Leg) => void;
  onKey: (key: string) => void;
  /** Once, whether it came up before or not. */
  onEnd: (end: LegEnd) => void;
}) => { cancel(): void };

export type NewTransaction = {
  id: string;
  applicationId: string;
  functionArn: string;
  region: string;
  voiceConnectorArn: string;
  from: string;
  to: string;
  headers: Record<string, string>;
  arguments: Record<string, string>;
};

type Parameters = Action["parameters"];
type Tag = "LEG-A" | "LEG-B";
type Participant = {
  tag: Tag;
  callId: string;
  from: string;
  to: string;
  startedAtMs: number;
  connected: boolean;
  ended: boolean;
  leg: Leg | null;
  cancel: () => void;
  digits: ReturnType<typeof collectDigits> | null;
};

export type Transaction = {
  /** UpdateSipMediaApplicationCall. */
  update(args: Record<string, string>): void;
  /** What is under way, without anybody's headers. */
  participants(): Array<{ tag: Tag; from: string; to: string; connected: boolean }>;
  /** Everybody is hung up on, and nobody asked. */
  end(): void;
};

/**
 * One call of a SIP media application: its function is told what happened, one event after another, and answers what is to be done.
 * A function that fails, or answers nonsense, is told so once more; then the call ends.
 * @see https://docs.aws.amazon.com/chime-sdk/latest/dg/pstn-invocations.html
 */
export function startTransaction(
  given: NewTransaction,
  deps: { invoke: Invoke; dial: Dial; now: () => number; log: (line: object) => void; onOver: () => void },
): Transaction {
  const participants: Participant[] = [];
  let attributes: Record<string, string> | undefined;
  let over = false;
  const todo: Action[] = [];
  let running: { action: Action; interrupt: (() => void) | null } | null = null;

  // Telling

  const callDetails = () => ({
    TransactionId: given.id,
    AwsAccountId: accountId,
    AwsRegion: given.region,
    SipApplicationId: given.applicationId,
    SipMediaApplicationId: given.applicationId,
    ...(attributes ? { TransactionAttributes: attributes } : {}),
    Participants: participants.map(({ tag, callId, from, to, startedAtMs, connected }) => ({
      CallId: callId,
      ParticipantTag: tag,
      To: to,
      From: from,
      Direction: "Outbound",
      StartTimeInMilliseconds: String(startedAtMs),
      Status: connected ? "Connected" : "Disconnected",
    })),
  });

  const { tell, close: stopTelling } = openTelling({
    invoke: deps.invoke,
    functionArn: given.functionArn,
    callDetails,
    onAnswer(answer, heeded) {
      if (answer.attributes) attributes = answer.attributes;
      if (heeded) take(answer.actions);
    },
    onGivenUp: () => end(),
    onIdle() {
      if (participants.every(({ ended }) => ended)) end();
    },
    log: (line) => deps.log({ level: "warn", voice: "application", transaction: given.id, ...line }),
  });

  // Doing

  function take(actions: Action[]): void {
    if (actions.length === 0) return;
    // Whoever hangs up does not wait for what is under way.
    if (actions.some(({ type }) => type === "Hangup")) {
      todo.splice(0);
      running?.interrupt?.();
      running = null;
    }
    todo.push(...actions);
    if (running?.interrupt) running.interrupt();
    else if (!running) next();
  }

  function next(): void {
    const action = todo.shift();
    running = action ? { action, interrupt: null } : null;
    if (action) run(action);
  }

  function succeed(more: object = {}): void {
    const action = running?.action;
    running = null;
    if (todo.length > 0) next();
    else if (action)
      tell("ACTION_SUCCESSFUL", {
        ActionData: { Type: action.type, Parameters: { ...action.parameters, ...more } },
      });
  }

  function fail(ErrorType: string, ErrorMessage: string): void {
    const action = running?.action;
    running = null;
    todo.length = 0;
    if (action)
      tell("ACTION_FAILED", {
        ActionData: { Type: action.type, Parameters: action.parameters, ErrorType, ErrorMessage },
      });
  }
  const invalid = (message: string) => fail("InvalidActionParameter", message);

  function run({ type, parameters }: Action): void {
    const doers: Record<string, (parameters: Parameters) => void> = {
      CallAndBridge: callAndBridge,
      Hangup: hangUp,
      Pause: pause,
      SendDigits: sendDigits,
      ReceiveDigits: receiveDigits,
    };
    if (Object.hasOwn(doers, type)) doers[type]?.(parameters);
    else fail("SystemException", `The laptop cloud has no ${type.slice(0, 64)}`);
  }

  function named({ CallId, ParticipantTag }: Parameters): Participant | undefined {
    return participants.find(({ callId, tag }) =>
      CallId !== undefined ? callId === CallId : tag === (ParticipantTag ?? "LEG-A"),
    );
  }

  function callAndBridge(parameters: Parameters): void {
    const [a, b] = participants;
    const wanted = readCallAndBridge(parameters, given.voiceConnectorArn);
    if (typeof wanted === "string") invalid(wanted);
    else if (!a?.connected || b) invalid("There is nobody to bridge to, or there is somebody already");
    else {
      const leg = dial("LEG-B", "telephone", wanted);
      leg.whenUp = (up) => {
        if (a.leg) bridge(a.leg, up);
        succeed({ CallId: a.callId });
      };
      leg.whenFailed = ({ status, reason }) =>
        status > 0 ? fail("CallNotAnswered", `${status} ${reason}`) : fail("SystemException", reason);
    }
  }

  function hangUp(parameters: Parameters): void {
    const wanted = readHangup(parameters);
    const who = named(parameters);
    if (typeof wanted === "string" || !who)
      return void invalid(String(who ? wanted : "There is no such leg"));
    running = null;
    ended(who, wanted.status);
    next();
  }

  function pause(parameters: Parameters): void {
    const wanted = readPause(parameters);
    if (typeof wanted === "string" || !running) return void invalid(String(wanted));
    const timer = setTimeout(() => succeed(), wanted.durationMs);
    running.interrupt = () => {
      clearTimeout(timer);
      running = null;
      next();
    };
  }

  function sendDigits(parameters: Parameters): void {
    const wanted = readSendDigits(parameters);
    if (typeof wanted === "string") return void invalid(wanted);
    const leg = named(parameters)?.leg;
    if (!leg?.sendKeys(wanted.digits, wanted.toneMs, () => succeed()))
      fail("SystemException", "This leg takes no keys");
  }

  function receiveDigits(parameters: Parameters): void {
    const wanted = readReceiveDigits(parameters);
    const who = named(parameters);
    if (typeof wanted === "string" || !who)
      return void invalid(String(who ? wanted : "There is no such leg"));
    who.digits?.stop();
    who.digits = collectDigits({
      ...wanted,
      matched: (ReceivedDigits) =>
        tell("DIGITS_RECEIVED", {
          ActionData: { Type: "ReceiveDigits", Parameters: parameters, ReceivedDigits },
        }),
    });
    succeed();
  }

  // Legs

  type Dialled = {
    whenUp: (leg: Leg) => void;
    whenFailed: (end: LegEnd, who: Participant) => void;
    whenRinging: () => void;
  };

  function dial(
    tag: Tag,
    kind: "meeting" | "telephone",
    call: { from: string; to: string; headers: Record<string, string>; timeoutMs: number },
  ): Dialled {
    const dialled: Dialled = { whenUp() {}, whenFailed() {}, whenRinging() {} };
    const who: Participant = {
      tag,
      callId: randomUUID(),
      from: call.from,
      to: call.to,
      startedAtMs: deps.now(),
      connected: false,
      ended: false,
      leg: null,
      cancel() {},
      digits: null,
    };
    participants.push(who);
    const { cancel } = deps.dial({
      kind,
      ...call,
      onRinging: () => !who.ended && dialled.whenRinging(),
      onKey: (key) => who.digits?.press(key),
      onUp(leg) {
        who.leg = leg;
        if (who.ended) {
          leg.hangUp();
          return;
        }
        who.connected = true;
        dialled.whenUp(leg);
      },
      onEnd(end) {
        const wasUp = who.connected;
        if (who.ended) return;
        if (wasUp) {
          ended(who, end.status);
          return;
        }
        who.ended = true;
        participants.splice(participants.indexOf(who), tag === "LEG-B" ? 1 : 0);
        dialled.whenFailed(end, who);
      },
    });
    who.cancel = cancel;
    return dialled;
  }

  /** A leg that was up, or that the function gave up, is gone: the function hears of it. */
  function ended(who: Participant, status: number): void {
    if (who.ended) return;
    release(who);
    // Nobody is left for whom the other telephone could ring.
    for (const other of [...participants])
      if (other.tag === "LEG-B" && !other.connected && !other.ended) {
        release(other);
        participants.splice(participants.indexOf(other), 1);
        running = null;
        todo.length = 0;
      }
    tellHangup(who, status);
  }

  function tellHangup({ callId, tag }: Participant, status: number): void {
    const Parameters = { SipResponseCode: status, CallId: callId, ParticipantTag: tag };
    tell("HANGUP", { ActionData: { Type: "Hangup", Parameters } });
  }

  function release(who: Participant): void {
    who.ended = true;
    who.connected = false;
    who.digits?.stop();
    if (who.leg) who.leg.hangUp();
    else who.cancel();
    for (const { leg } of participants) leg?.onSound(() => {});
  }

  function end(): void {
    if (over) return;
    over = true;
    stopTelling();
    todo.length = 0;
    running?.interrupt?.();
    for (const who of participants) if (!who.ended) release(who);
    deps.onOver();
  }

  // The beginning: the first leg, as CreateSipMediaApplicationCall says.

  const isMeeting = given.to === meetingNumber;
  const first = dial("LEG-A", isMeeting ? "meeting" : "telephone", { ...given, timeoutMs: 30_000 });
  tell(
    "NEW_OUTBOUND_CALL",
    { ActionData: { Type: "CreateSipMediaApplicationCall", Parameters: { Arguments: given.arguments } } },
    false,
  );
  first.whenRinging = () => tell("RINGING", {}, false);
  first.whenUp = () => tell("CALL_ANSWERED");
  first.whenFailed = ({ status }, who) => tellHangup(who, status);

  return {
    update: (args) =>
      tell("CALL_UPDATE_REQUESTED", {
        ActionData: { Type: "CallUpdateRequest", Parameters: { Arguments: args } },
      }),
    participants: () => participants.map(({ tag, from, to, connected }) => ({ tag, from, to, connected })),
    end,
  };
}

/** The vendor's number for "into a meeting": the headers say which, and as whom. */
const meetingNumber = "+17035550122";
