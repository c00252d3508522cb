import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { later } from "@/lib/call/later";
import { followLive } from "@/lib/call/live-channel";
import { unlessOffline } from "@/lib/call/unless-offline";
import type { CallbackEnd, DeskCallbacks } from "@/lib/desk/callbacks";
import type { DeskState } from "@/lib/desk/phone/open-desk";
import { windowNote } from "../ui/window-note";
import type { Desk } from "./use-desk";

/** The callback for which this desk paused. */
const pause = windowNote("desk-pause");

export type CallbacksHere = {
  /** Null: not read yet. */
  now: DeskCallbacks | null;
  busy: boolean;
  /** Why the last press did nothing, in words. */
  refused: string | null;
  /** The one that this agent had left them without their doing: its customer got through, or can't pick up now. */
  gone: boolean;
  take(callbackId: string): Promise<void>;
  end(callbackId: string, end: CallbackEnd): Promise<void>;
};

type Answer = { now: DeskCallbacks } | { refused: string };

/**
 * Callbacks at this desk. While one is made by telephone, no other call is to ring: an agent who was available is on a break until it is done,
 * or has left their desk.
 *
 * @param on whether this colleague makes any.
 */
export function useCallbacks(on: boolean, desk: Desk, phone: DeskState["phone"]): CallbacksHere {
  const unheard = useTranslations("desk")("unheard");
  const [now, setNow] = useState<DeskCallbacks | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [gone, setGone] = useState(false);
  const had = useRef<string | null>(null);
  const pressing = useRef(false);
  useEffect(() => {
    if (!on) return;
    return followLive<DeskCallbacks>(
      {
        openEvents: (url) => new EventSource(url),
        fetch: (...request) => fetch(...request),
        after: later,
      },
      (kind) => `/api/desk/callbacks/${kind}`,
      (told) => {
        if (had.current && !told.mine && !pressing.current) setGone(true);
        had.current = told.mine?.callbackId ?? null;
        setNow(told);
      },
    );
  }, [on]);
  useEffect(() => {
    const kept = pause.kept();
    if (!now || !phone || !kept || kept === now.mine?.callbackId) return;
    pause.keep(null);
    if (phone.agent.status === "Break") void desk.act({ act: "status", status: "Available" });
  }, [now, phone, desk]);
  async function press(callbackId: string, act: "take" | "end", body: object): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    pressing.current = true;
    const answer = await post(callbackId, act, body, unheard);
    pressing.current = false;
    setBusy(false);
    setGone(false);
    setRefused("refused" in answer ? answer.refused : null);
    if ("now" in answer) {
      had.current = answer.now.mine?.callbackId ?? null;
      setNow(answer.now);
    }
    return "now" in answer;
  }
  return {
    now,
    busy,
    refused,
    gone,
    async take(callbackId) {
      if (!(await press(callbackId, "take", {}))) return;
      if (phone?.agent.status !== "Available" || !phone.statuses.includes("Break")) return;
      pause.keep(callbackId);
      await desk.act({ act: "status", status: "Break" });
    },
    async end(callbackId, end) {
      await press(callbackId, "end", end);
    },
  };
}

async function post(callbackId: string, act: "take" | "end", body: object, unheard: string): Promise<Answer> {
  const response = await unlessOffline(
    fetch(`/api/desk/callbacks/${encodeURIComponent(callbackId)}/${act}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
  const answer =
    response && (await unlessOffline<DeskCallbacks & { title?: string; detail?: string }>(response.json()));
  if (!answer) return { refused: unheard };
  return response.ok ? { now: answer } : { refused: `${answer.title}. ${answer.detail ?? ""}`.trim() };
}
