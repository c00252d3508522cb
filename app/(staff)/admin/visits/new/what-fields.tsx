"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Pick } from "./pick";
import type { Part } from "./values";

/** What kind of visit, how its links are sent, and why. */
export function WhatFields({ values, set, errors }: Part) {
  const t = useTranslations("book");
  return (
    <>
      <div className="two">
        <Field id="visitType" label={t("kind")}>
          {(tied) => (
            <Pick tied={tied} value={values.visitType} onPick={set("visitType")}>
              <option value="initial">{t("first")}</option>
              <option value="follow-up">{t("followUp")}</option>
            </Pick>
          )}
        </Field>
        <Field id="channel" label={t("sendBy")} error={errors.channel}>
          {(tied) => (
            <Pick tied={tied} value={values.channel} onPick={set("channel")}>
              <option value="both">{t("both")}</option>
              <option value="sms">{t("sms")}</option>
              <option value="email">{t("email")}</option>
            </Pick>
          )}
        </Field>
      </div>
      <Field id="reason" label={t("reason")} error={errors.reason} hint={t("reasonHint")}>
        {(tied) => (
          <textarea
            {...tied}
            className="input"
            name="reason"
            rows={3}
            maxLength={2000}
            value={values.reason}
            onChange={(event) => set("reason")(event.target.value)}
          />
        )}
      </Field>
    </>
  );
}
