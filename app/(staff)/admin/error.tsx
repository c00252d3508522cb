"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { startTransition } from "react";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** Inside the frame, so that the way to the other pages and out stays. */
export default function Fault({ error, reset }: Props) {
  const t = useTranslations("frame");
  const router = useRouter();
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <main className="main">
      <div className="card empty">
        <h1>{t("faultTitle")}</h1>
        <p>{t("faultSay")}</p>
        <button type="button" className="btn" onClick={again}>
          {t("again")}
        </button>
        {error.digest ? (
          <p className="soft small">
            {t.rich("faultNumber", { number: error.digest, b: (part) => <b className="num">{part}</b> })}
          </p>
        ) : null}
      </div>
    </main>
  );
}
