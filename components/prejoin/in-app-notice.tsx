"use client";

import { useEffect, useState } from "react";
import { placeOf } from "@/lib/call/permission-advice";
import { Icon } from "../ui/icon";
import { usePreviewWords } from "./preview-words";

/** To who opened a link inside another app: its browser often has no camera. Nothing elsewhere. */
export function InAppNotice() {
  const words = usePreviewWords();
  const [inApp, setInApp] = useState<"ios" | "android" | null>(null);
  useEffect(() => {
    const place = placeOf(navigator.userAgent, navigator.maxTouchPoints);
    if (place === "in-app-ios" || place === "in-app-android")
      setInApp(place === "in-app-ios" ? "ios" : "android");
  }, []);
  if (!inApp) return null;
  return (
    <p className="banner banner--notice">
      <Icon name="warn" />
      <span>
        <b>{words.inAppTitle}</b> {inApp === "ios" ? words.inAppIos : words.inAppAndroid}
      </span>
    </p>
  );
}
