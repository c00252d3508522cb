"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import ar from "@/messages/ar/fault.json";
import en from "@/messages/en/fault.json";
import es from "@/messages/es/fault.json";
import { isLocale } from "@/messages/locales";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** Here and not loaded when needed: what failed may be the line itself. */
const words = { en, es, ar };

/** A fault of ours. Says what to do, and the number under which the log knows it. */
export default function Fault({ error, reset }: Props) {
  const router = useRouter();
  const lang = typeof document === "undefined" ? "en" : document.documentElement.lang;
  const { fault } = words[isLocale(lang) ? lang : "en"];
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <main className="page patient">
      <h1>{fault.title}</h1>
      <p>{fault.say}</p>
      <button type="button" className="btn" onClick={again}>
        {fault.again}
      </button>
      <p className="soft">{error.digest ? fault.callNumber.replace("{number}", error.digest) : fault.call}</p>
    </main>
  );
}
