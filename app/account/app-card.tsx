"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { CodeField, Outcome, PasswordField, Send } from "../form-parts";
import { appAction } from "./actions";

/** @param mayStop false: those who must have it cannot turn it off. */
export function AppCard({ on, mayStop }: { on: boolean; mayStop: boolean }) {
  const t = useTranslations("account");
  const [state, submit, pending] = useActionState(appAction, { on, setUp: null, refusal: null, news: null });
  const bad = state.refusal !== null && !pending;
  const told = <Outcome refusal={bad ? state.refusal : null} news={pending ? null : state.news} />;
  if (state.setUp) {
    const { secret, picture } = state.setUp;
    return (
      <form className="stack" action={submit} key="finish">
        <input type="hidden" name="step" value="finish" />
        <p>{t("appScan")}</p>
        <svg
          className="ac__code"
          viewBox={`0 0 ${picture.size} ${picture.size}`}
          role="img"
          aria-label={t("appPicture")}
          shapeRendering="crispEdges"
        >
          <path fill="#fff" d={`M0 0h${picture.size}v${picture.size}H0z`} />
          <path fill="#000" d={picture.path} />
        </svg>
        <p className="ac__key">{secret.replace(/(.{4})(?=.)/g, "$1 ")}</p>
        {told}
        <CodeField label={t("appCode")} wrong={bad} />
        <Send pending={pending}>{t("appFinish")}</Send>
      </form>
    );
  }
  if (!state.on)
    return (
      <form className="stack" action={submit} key="begin">
        <input type="hidden" name="step" value="begin" />
        {told}
        <p>{t("appOff")}</p>
        <Send pending={pending} quiet>
          {t("appBegin")}
        </Send>
      </form>
    );
  return (
    <form className="stack" action={submit} key="stop">
      <input type="hidden" name="step" value="stop" />
      {told}
      <p>{t("appOn")}</p>
      {mayStop ? (
        <details className="stack">
          <summary>{t("appStop")}</summary>
          <div className="stack">
            <p className="soft">{t("appStopSay")}</p>
            <PasswordField id="password" label={t("old")} wrong={bad} autoComplete="current-password" />
            <Send pending={pending} quiet>
              {t("appStop")}
            </Send>
          </div>
        </details>
      ) : null}
    </form>
  );
}
