import { useEffect, useRef, useState } from "react";
import { type LocalMedia, openLocalMedia } from "@/lib/call/local-media";
import { type ConnectionFigures, nothingMeasured } from "@/lib/kernel/connection";
import { useLocalMedia } from "../ui/use-local-media";
import { type Findings, findingsOf, isComplete, type Seen } from "./findings";
import { newRunId, sendFindings } from "./send-findings";

/** Its code loads with the first run: without a network it does not come, and that is the finding. @returns null where it was stopped. */
async function measure(code: string, signal: AbortSignal): Promise<ConnectionFigures | null> {
  const loaded = await import("@/lib/call/connection/run-check").catch(() => null);
  if (!loaded) return { ...nothingMeasured, network: "none" };
  return loaded.runCheck({ link: "check", code }, signal);
}

const nothingSeen: Seen = { voice: false, chime: null, line: null };
type Run = { id: string; done: Findings | null; sent: "sending" | "sent" | "failed" | null };

/** One person's device check: what is tried, what was found, and whether staff can see it. */
export function useDeviceCheck(code: string) {
  const [local, setLocal] = useState<LocalMedia | null>(null);
  const [run, setRun] = useState<Run | null>(null);
  const [seen, setSeen] = useState<Seen>(nothingSeen);
  const media = useLocalMedia(local);
  const found = findingsOf(media, seen);
  const complete = run !== null && !run.done && isComplete(found, seen);
  const measuring = useRef<AbortController | null>(null);

  useEffect(() => {
    const opened = openLocalMedia(null);
    setLocal(opened);
    const unwatch = opened.watch();
    return () => {
      unwatch();
      opened.close();
    };
  }, []);

  function tryLine() {
    measuring.current?.abort();
    const stopped = new AbortController();
    measuring.current = stopped;
    setSeen((before) => ({ ...before, line: null }));
    void measure(code, stopped.signal).then(
      (line) => line && !stopped.signal.aborted && setSeen((before) => ({ ...before, line })),
    );
  }
  useEffect(() => () => measuring.current?.abort(), []);

  function begin() {
    const id = newRunId();
    setRun({ id, done: null, sent: null });
    setSeen(nothingSeen);
    void local?.open({ camera: true, microphone: true });
    tryLine();
  }

  async function send(id: string, done: Findings) {
    setRun({ id, done, sent: "sending" });
    const sent = (await sendFindings(code, id, done)) ? "sent" : "failed";
    setRun((now) => (now?.id === id ? { ...now, sent } : now));
  }

  function finish() {
    if (!run || run.done) return;
    local?.close(); // no light stays on
    measuring.current?.abort();
    void send(run.id, found);
  }

  // When everything is known nothing needs pressing. A breath, so that the last words are seen where they stand.
  const finishNow = useRef(finish);
  useEffect(() => {
    finishNow.current = finish;
  });
  useEffect(() => {
    if (!complete) return;
    const timer = setTimeout(() => finishNow.current(), 1_200);
    return () => clearTimeout(timer);
  }, [complete]);

  // Who gives up in the middle is who staff should know of.
  const leaving = useRef<() => void>(() => undefined);
  useEffect(() => {
    leaving.current = () => {
      if (run && !run.done) void sendFindings(code, run.id, found);
    };
  });
  useEffect(() => {
    const leave = () => {
      leaving.current();
      measuring.current?.abort();
    };
    addEventListener("pagehide", leave);
    return () => removeEventListener("pagehide", leave);
  }, []);

  return {
    local,
    media,
    found,
    run,
    line: seen.line,
    begin,
    finish,
    tryLine,
    sendAgain: () => run?.done && void send(run.id, run.done),
    tryAgain: () => void local?.open({ camera: true, microphone: true }),
    heard: () => setSeen((before) => (before.voice ? before : { ...before, voice: true })),
    chime: (chime: boolean) => setSeen((before) => ({ ...before, chime })),
  };
}
