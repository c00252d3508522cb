"use client";

import { useRouter } from "next/navigation";
import { type ComponentProps, type ReactNode, useEffect, useState } from "react";
import { type LocalMedia, openLocalMedia } from "@/lib/call/local-media";
import { talksWith } from "@/lib/call/support/support-call";
import { useOwnDocument } from "../ui/use-own-document";
import { callHere } from "./call-here";
import { InLine } from "./in-line";
import { Over } from "./over";
import { Ready } from "./ready";
import type { SupportFacts } from "./support-facts";
import { Talking } from "./talking";
import { useOwnCallback } from "./use-own-callback";
import { useSupport } from "./use-support";
import "../ui/controls.css";
import "./support.css";

type Props = {
  facts: SupportFacts;
  /** The page's head, and the proof of who calls: as the server wrote them. */
  top: ReactNode;
  proof: ReactNode;
  /** What stands beside before and after a call: earlier ones, help. */
  aside: ReactNode;
  signInAgain: () => Promise<void>;
  /** Told how the call stands, wherever somebody beside this page wants to know. */
  told?: (phase: "ready" | "calling" | "talking" | "over") => void;
};

/** A customer's call to the contact centre, from the choice of a topic to how it was. */
export function Support(props: Props) {
  const [local, setLocal] = useState<LocalMedia | null>(null);
  const own = useOwnDocument();
  useEffect(() => {
    if (!own) return;
    const opened = openLocalMedia(keptChoices());
    setLocal(opened);
    const stop = opened.watch();
    return () => {
      stop();
      opened.close();
    };
  }, [own]);
  // A server has no devices: what it writes is the page before its first press.
  return local ? <Wired {...props} local={local} /> : <Before {...props} />;
}

function Before({ facts, top, proof, aside }: Props) {
  return (
    <Frame top={top} aside={aside}>
      <Ready
        facts={facts}
        proof={proof}
        local={null}
        state={null}
        call={null}
        signInAgain={null}
        callback={null}
      />
    </Frame>
  );
}

function Wired({ facts, top, proof, aside, signInAgain, told, local }: Props & { local: LocalMedia }) {
  const { call, state, audio } = useSupport(local);
  const { refresh } = useRouter();
  const { phase } = state;
  const ours = facts.open?.callId;
  useEffect(() => {
    void openIfAllowed(local);
  }, [local]);
  useEffect(() => {
    // A reload comes back into the call that this window had.
    if (ours && callHere.kept() === ours)
      void local.open({ camera: false, microphone: true }).then(() => call.start(null));
  }, [ours, local, call]);
  // Whoever hangs up is shown so at once, and the server knows it a moment later: what it wrote before speaks of an open call still.
  const isEnded = state.call?.status === "ended";
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again once the server knows
  useEffect(() => {
    if (phase === "over") refresh();
  }, [phase, isEnded, refresh]);
  const callback = useOwnCallback(facts.callback?.now ?? null);
  const shared: Omit<ComponentProps<typeof InLine>, "audio" | "callback"> = { facts, call, state, local };
  const talks = state.call !== null && talksWith(state.call);
  const stands =
    phase === "open" ? (talks ? "talking" : "calling") : phase === "starting" ? "calling" : phase;
  useEffect(() => told?.(stands), [told, stands]);
  return (
    <div data-phase={phase} data-voice={state.voice}>
      {/* biome-ignore lint/a11y/useMediaCaption: live speech of the other person; there is no caption to give */}
      <audio ref={audio} autoPlay className="vh" />
      {phase === "open" ? (
        talks ? (
          <Talking {...shared} />
        ) : (
          <InLine {...shared} callback={callback} />
        )
      ) : (
        <Frame top={top} aside={aside}>
          {phase === "over" ? (
            <Over call={call} state={state} facts={facts} callback={callback} />
          ) : (
            <Ready {...shared} proof={proof} signInAgain={signInAgain} callback={callback} />
          )}
        </Frame>
      )}
    </div>
  );
}

function Frame({ top, aside, children }: { top: ReactNode; aside: ReactNode; children: ReactNode }) {
  return (
    <main className="page">
      {top}
      <div className="own__cols">
        <div className="stack stack--loose">{children}</div>
        <div className="stack stack--loose">{aside}</div>
      </div>
    </main>
  );
}

/** Where a browser keeps nothing (private windows of some), choices last for the page. */
function keptChoices(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** Asks nobody: only where the microphone was allowed before. */
async function openIfAllowed(local: LocalMedia): Promise<void> {
  try {
    const { state } = await navigator.permissions.query({ name: "microphone" as PermissionName });
    if (state === "granted") await local.open({ camera: false, microphone: true });
  } catch (cause) {
    // Firefox and older Safari don't know the name, and so ask at the press.
    if (!(cause instanceof TypeError)) throw cause;
  }
}
