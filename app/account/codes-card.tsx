"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Outcome, Send } from "../form-parts";
import { recoveryCodesAction } from "./actions";

/** For the day on which the phone is lost. New codes stand here this once. */
export function CodesCard({ left }: { left: number }) {
  const t = useTranslations("account");
  const [{ codes, refusal }, submit, pending] = useActionState(recoveryCodesAction, {
    codes: [],
    refusal: null,
  });
  return (
    <form className="stack stack--tight" action={submit}>
      <h3>{t("codesTitle")}</h3>
      <p>{t("codesSay")}</p>
      <p>{t("codesLeft", { count: codes.length || left })}</p>
      <Outcome refusal={pending ? null : refusal} />
      <div role="status">
        {codes.length > 0 ? (
          <div className="stack stack--tight">
            <p>
              <b>{t("codesKeep")}</b>
            </p>
            <ol className="ac__codes" dir="ltr">
              {codes.map((code) => (
                <li key={code}>{code}</li>
              ))}
            </ol>
          </div>
        ) : null}
      </div>
      <Send pending={pending} quiet>
        {t("codesMake")}
      </Send>
    </form>
  );
}
