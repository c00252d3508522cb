"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

/** Opened as a new document, never by the router: a room's page has its own headers. */
export function CopyLink({ link, name }: { link: string; name: string }) {
  const t = useTranslations("rooms");
  const [copied, setCopied] = useState(false);
  return (
    <p className="row row--wrap">
      <a className="grow" href={link} target="_blank" rel="noreferrer">
        {link.replace(/^https?:\/\//, "")}
      </a>
      <button
        type="button"
        className="btn btn--quiet"
        aria-label={`${t("copy")}: ${name}`}
        onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}
      >
        {copied ? t("copied") : t("copy")}
      </button>
    </p>
  );
}
