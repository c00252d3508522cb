"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Icon } from "../icons";
import { tell, useLastTold } from "./last-told";

/** Where the frame says what came of an act that left the page. It stays until it is put away or another page is opened. */
export function Told() {
  const t = useTranslations("frame");
  const message = useLastTold();
  const here = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address is what puts it away
  useEffect(() => () => tell(null), [here]);
  return (
    <div role="status" className="lasttold">
      {message === null ? null : (
        <p className="toast">
          <span>{message}</span>
          <button type="button" onClick={() => tell(null)}>
            <Icon name="cross" />
            <span className="vh">{t("putAway")}</span>
          </button>
        </p>
      )}
    </div>
  );
}
