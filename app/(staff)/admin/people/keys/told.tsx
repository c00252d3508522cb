"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Icon } from "../../../../icons";
import type { KeyTold } from "./actions";

/** How long a secret stands on a screen that somebody may have left. */
const shownMs = 2 * 60_000;

/** What came of it; a new secret stands here this once, until it is copied, put away, or has stood for two minutes. */
export function KeyOutcome({ told, name }: { told: KeyTold; name: string }) {
  return (
    <div role="status" className="small">
      {told.kind === "refused" ? (
        <p className="field__error">
          <Icon name="warn" />
          <span>{told.message}</span>
        </p>
      ) : null}
      {told.kind === "made" ? <Secret key={told.secret} secret={told.secret} name={name} /> : null}
    </div>
  );
}

function Secret({ secret, name }: { secret: string; name: string }) {
  const t = useTranslations("keys");
  const [gone, setGone] = useState<"copied" | "closed" | "over" | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setGone((how) => how ?? "over"), shownMs);
    return () => clearTimeout(timer);
  }, []);
  if (gone) return <p>{t(`gone.${gone}`, { name })}</p>;
  return (
    <div className="secret">
      <p>
        <b>{t("secret", { name })}</b>
      </p>
      <code dir="ltr">{secret}</code>
      <p>{t("shown")}</p>
      <div className="row row--wrap">
        <button
          type="button"
          className="btn btn--tiny"
          onClick={() => void navigator.clipboard.writeText(secret).then(() => setGone("copied"))}
        >
          {t("copy")}
        </button>
        <button type="button" className="btn btn--quiet btn--tiny" onClick={() => setGone("closed")}>
          {t("putAway")}
        </button>
      </div>
    </div>
  );
}
