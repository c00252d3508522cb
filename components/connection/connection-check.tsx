"use client";

import { useEffect, useRef, useState } from "react";
import { type CheckLink, runCheck } from "@/lib/call/connection/run-check";
import { type ConnectionFigures, findingsOf } from "@/lib/kernel/connection";
import type { Locale } from "@/messages/locales";
import { Icon } from "../ui/icon";
import { ConnectionRows, type ConnectionWords, TryingRow } from "./connection-rows";

const catalogues: Record<Locale, () => Promise<{ default: { connection: ConnectionWords } }>> = {
  en: () => import("@/messages/en/connection.json"),
  es: () => import("@/messages/es/connection.json"),
  ar: () => import("@/messages/ar/connection.json"),
};
/** Rejects without a network. */
export async function connectionWords(locale: Locale): Promise<ConnectionWords> {
  return (await catalogues[locale]()).default.connection;
}

type Props = {
  by: CheckLink;
  words: ConnectionWords;
  /** The patient may ask for a phone call, on this page, there; null: nobody here may. */
  callForm: string | null;
  /** Back to where it was begun. */
  close: () => void;
};

/** The connection, tried before the visit: begins as soon as it is there, may be stopped, and be repeated. */
export function ConnectionCheck({ by, words, callForm, close }: Props) {
  const [figures, setFigures] = useState<ConnectionFigures | null>(null);
  const [round, setRound] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const { link, code } = by;
  const leaving = useRef(close);
  useEffect(() => {
    leaving.current = close;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` begins it anew
  useEffect(() => {
    const stopped = new AbortController();
    // Who comes back to this page finds it as it was before.
    const stop = () => {
      stopped.abort();
      leaving.current();
    };
    heading.current?.focus();
    addEventListener("pagehide", stop);
    void runCheck({ link, code }, stopped.signal).then((found) => found && setFigures(found));
    return () => {
      removeEventListener("pagehide", stop);
      stopped.abort();
    };
  }, [link, code, round]);

  const trouble = figures !== null && findingsOf(figures).length > 0;
  return (
    <section className="card stack stack--tight" aria-labelledby="connection">
      <h2 id="connection" ref={heading} tabIndex={-1}>
        {words.heading}
      </h2>
      <div role="status" className="stack stack--tight">
        {figures ? (
          <>
            {trouble ? <p className="soft">{words.some}</p> : null}
            <ConnectionRows figures={figures} words={words} />
            {trouble && callForm ? <p className="small soft">{words.callClinic}</p> : null}
          </>
        ) : (
          <TryingRow words={words} />
        )}
      </div>
      {trouble && callForm ? (
        <a className="btn btn--quiet btn--wide" href={`#${callForm}`} onClick={() => openForm(callForm)}>
          <Icon name="phone" />
          {words.byPhone}
        </a>
      ) : null}
      <button
        type="button"
        className="btn btn--quiet btn--wide"
        onClick={() => {
          if (!figures) return close();
          setFigures(null);
          setRound(round + 1);
        }}
      >
        <Icon name={figures ? "again" : "hangUp"} />
        {figures ? words.again : words.stop}
      </button>
    </section>
  );
}

/** It is folded until it is wanted. */
function openForm(id: string): void {
  const form = document.getElementById(id);
  if (form instanceof HTMLDetailsElement) form.open = true;
  form?.querySelector("summary")?.focus();
}
