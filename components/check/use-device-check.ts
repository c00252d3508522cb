import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { openLocalMedia } from "@/lib/call/local-media";
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

const newRun = (): Run => ({ id: newRunId(), done: null, sent: null });

/** One person's device check: what is tried, what was found, and whether staff can see it. Begins at once, so in a browser alone. */
export function useDeviceCheck(code: string) {
  const [local] = useState(() => openLocalMedia(null));
  const [run, setRun] = useState(newRun);
  const [seen, setSeen] = useState<Seen>(nothingSeen);
  const media = useLocalMedia(local);
  const found = findingsOf(media, seen);
  const complete = !run.done && isComplete(found, seen);
  const measuring = useRef<AbortController | null>(null);

  function tryLine() {
    measuring.current?.abort();
    const stopped = new AbortController();
    measuring.current = stopped;
    setSeen((before) => ({ ...before, line: null }));
    void measure(code, stopped.signal).then(
      (line) => line && !stopped.signal.aborted && setSeen((before) => ({ ...before, line })),
    );
  }

  function tryAll() {
    void local.open({ camera: true, microphone: true });
    tryLine();
  }
  // Before anything is drawn: the first picture says already that the camera is asked for.
  const tryFirst = useRef(tryAll);
  useLayoutEffect(() => {
    const unwatch = local.watch();
    tryFirst.current();
    return () => {
      unwatch();
      local.close();
      measuring.current?.abort();
    };
  }, [local]);

  function begin() {
    setRun(newRun());
    setSeen(nothingSeen);
    tryAll();
  }

  async function send(id: string, done: Findings) {
    setRun({ id, done, sent: "sending" });
    const sent = (await sendFindings(code, id, done)) ? "sent" : "failed";
    setRun((now) => (now.id === id ? { ...now, sent } : now));
  }

  function finish() {
    if (run.done) return;
    local.close(); // no light stays on
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
      if (!run.done) void sendFindings(code, run.id, found);
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
    sendAgain: () => run.done && void send(run.id, run.done),
    tryAgain: () => void local.open({ camera: true, microphone: true }),
    heard: () => setSeen((before) => (before.voice ? before : { ...before, voice: true })),
    chime: (chime: boolean) => setSeen((before) => ({ ...before, chime })),
  };
}
