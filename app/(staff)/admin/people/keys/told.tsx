"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Icon } from "../../../../icons";
import type { KeyTold } from "./actions";

/** What came of it; a new secret stands here this once. */
export function KeyOutcome({ told, name }: { told: KeyTold; name: string }) {
  const t = useTranslations("keys");
  const [copied, setCopied] = useState(false);
  return (
    <div role="status" className="small">
      {told.kind === "refused" ? (
        <p className="field__error">
          <Icon name="warn" />
          <span>{told.message}</span>
        </p>
      ) : null}
      {told.kind === "made" ? (
        <div className="secret">
          <p>
            <b>{t("secret", { name })}</b>
          </p>
          <code dir="ltr">{told.secret}</code>
          <p>{t("shown")}</p>
          <button
            type="button"
            className="btn btn--quiet btn--tiny"
            onClick={() => void navigator.clipboard.writeText(told.secret).then(() => setCopied(true))}
          >
            {copied ? t("copied") : t("copy")}
          </button>
        </div>
      ) : null}
    </div>
  );
}
