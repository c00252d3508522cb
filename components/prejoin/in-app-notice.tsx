"use client";

import { useEffect, useState } from "react";
import { chromeIntent, placeOf } from "@/lib/call/permission-advice";
import { Icon } from "../ui/icon";
import { usePreviewWords } from "./preview-words";

/** To who opened a link inside another app, whose browser often has no camera: the way out of it. Nothing elsewhere. */
export function InAppNotice() {
  const words = usePreviewWords();
  const [inApp, setInApp] = useState<"ios" | "android" | null>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const place = placeOf(navigator.userAgent, navigator.maxTouchPoints);
    if (place === "in-app-ios" || place === "in-app-android")
      setInApp(place === "in-app-ios" ? "ios" : "android");
  }, []);
  if (!inApp) return null;
  return (
    <div className="banner banner--notice">
      <Icon name="warn" />
      <div className="stack stack--tight">
        <p>
          <b>{words.inAppTitle}</b> {inApp === "ios" ? words.inAppIos : words.inAppAndroid}
        </p>
        {inApp === "android" ? (
          <a className="btn btn--quiet" href={chromeIntent(location.href)}>
            {words.openChrome}
          </a>
        ) : (
          <button
            type="button"
            className="btn btn--quiet"
            onClick={() =>
              // An app may forbid it; the words above still tell the way.
              void navigator.clipboard?.writeText(location.href).then(
                () => setCopied(true),
                () => undefined,
              )
            }
          >
            {words.copyLink}
          </button>
        )}
        <p className="small" role="status">
          {copied ? words.linkCopied : ""}
        </p>
      </div>
    </div>
  );
}
